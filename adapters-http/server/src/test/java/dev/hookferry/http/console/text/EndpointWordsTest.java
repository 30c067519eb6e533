package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointWordsTest {
  @ParameterizedTest
  @CsvSource({
    "rate limited until 17:01:00 UTC because of its last response, rate limited, until 17:01:00"
        + " UTC",
    "'backing off until 17:01:00 UTC after 1,045 consecutive failures', failing,"
        + " '1,045 failures in a row · backing off until 17:01:00 UTC'",
    "one request at a time after 45 consecutive failures, failing, 45 failures in a row · one request at a time",
    "'1,045 consecutive failures', failing, '1,045 failures in a row'",
    "the receiver responded with 410 Gone, disabled, HTTP 410 Gone",
    "'3 consecutive failures, rate limited until 17:01:00 UTC because of its last response',"
        + " rate limited, '3 failures in a row, next at 17:01:00 UTC'",
  })
  void aReasonFitsALineBesideItsState(String reason, String state, String brief) {
    assertThat(EndpointWords.brief(reason, state)).isEqualTo(brief);
  }

  @Test
  void failuresArePrecededByTheirCause() {
    String error = "HTTP 500";
    assertThat(EndpointWords.brief("600 consecutive failures", "failing", error))
        .isEqualTo("HTTP 500 · 600 failures in a row");
    assertThat(EndpointWords.brief("600 consecutive failures", "failing", ""))
        .isEqualTo("600 failures in a row");
    assertThat(EndpointWords.brief("the last attempt failed", "retrying", "timeout"))
        .isEqualTo("timeout · the last attempt failed");
    String asked = "rate limited until 17:01:00 UTC because of its last response";
    assertThat(EndpointWords.brief(asked, "rate limited", "HTTP 429"))
        .isEqualTo("HTTP 429 · until 17:01:00 UTC");
    String probed = "one request at a time after 100 consecutive failures";
    assertThat(EndpointWords.brief(probed, "failing", "timeout"))
        .isEqualTo("timeout · 100 failures in a row · one request at a time");
    assertThat(EndpointWords.brief("410 Gone", "disabled", error)).isEqualTo("410 Gone");
  }

  @Test
  void fewFailuresAreRetriedAndTenAreNot() {
    Instant until = Instant.parse("2026-04-29T17:01:00Z");
    EndpointHealth asked = EndpointHealth.slowed(State.RATE_LIMITED, 3, until, false);
    assertThat(EndpointWords.reason(EndpointHealth.sending(1, null), true))
        .isEqualTo("the last attempt failed");
    assertThat(EndpointWords.reason(asked, true))
        .isEqualTo(
            "3 failures in a row, rate limited until 17:01:00 UTC because of its last response");
    assertThat(StatePill.of(EndpointHealth.sending(9, null)).word()).isEqualTo("retrying");
    assertThat(StatePill.of(asked).word()).isEqualTo("rate limited");
    assertThat(StatePill.of(asked.at(until)).word()).isEqualTo("retrying");
    assertThat(StatePill.of(EndpointHealth.sending(10, null)).word()).isEqualTo("failing");
    assertThat(StatePill.of(asked.withFailures(10)).word()).isEqualTo("rate limited");
    assertThat(StatePill.of(EndpointHealth.WORKING).word()).isEqualTo("working");
  }
}
