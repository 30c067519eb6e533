package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.refusal.Problem;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormAdviceTest {
  private static final String PRIVATE =
      "must not lead to an address in 10.0.0.0/8 (private); use a public one, or ask the operator to"
          + " allow its network (outbound.allowNetworks)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxRetries|must be a whole number from 0 to 1000 (got -1)"
            + "|Retries: enter a whole number from 0 to 1,000.",
        "eventTypes|must name at least one event type; use * for all types"
            + "|Choose at least one event type.",
        "url|"
            + PRIVATE
            + "|This URL leads to an address in 10.0.0.0/8 (private). Use a public one, or allow its"
            + " network with outbound.allowNetworks.",
        "name|must have 1 to 80 characters|Name: enter 1 to 80 characters.",
        "name|must not contain control characters|Name must not contain control characters.",
        "other|must not be negative|other: must not be negative",
      })
  void saysWhatToEnter(String field, String reason, String line) {
    assertThat(FormAdvice.line(new Problem(field, reason), Map.of())).isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxRetries|must be a whole number from 0 to 1000|Enter a whole number from 0 to 1,000.",
        "name|must not contain a colon|Name must not contain a colon.",
        "other|must not be negative|Must not be negative.",
      })
  void besideAFieldItNeedsNoLabel(String field, String reason, String text) {
    assertThat(FormAdvice.beside(new Problem(field, reason))).isEqualTo(text);
  }
}
