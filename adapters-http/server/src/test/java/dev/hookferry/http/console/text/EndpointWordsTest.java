package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointWordsTest {
  @ParameterizedTest
  @CsvSource({
    "rate limited until 17:01:00 UTC because of its last response, rate limited, until 17:01:00"
        + " UTC",
    "'backing off until 17:01:00 UTC after 1,045 consecutive failures', failing,"
        + " backing off until 17:01:00 UTC",
    "one request at a time after 45 consecutive failures, failing, probing one request at a time",
    "'1,045 consecutive failures', failing, '1,045 failures in a row'",
    "the receiver responded with 410 Gone, disabled, 410 Gone",
  })
  void aReasonFitsALineBesideItsState(String reason, String state, String brief) {
    assertThat(EndpointWords.brief(reason, state)).isEqualTo(brief);
  }
}
