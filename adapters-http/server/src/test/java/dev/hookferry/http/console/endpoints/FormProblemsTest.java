package dev.hookferry.http.console.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.retry.RetrySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormProblemsTest {
  private static EndpointSpec read(Map<String, String> typed) {
    String body =
        typed.entrySet().stream()
            .map(one -> one.getKey() + "=" + FormValues.encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return EndpointForm.of(FormValues.parse(body)).change(null, RetrySettings.DEFAULT);
  }

  @Test
  void reportsProblemsOfAllFieldsTogether() {
    Map<String, String> typed =
        Map.ofEntries(
            Map.entry("url", "nowhere"),
            Map.entry("description", "x".repeat(501)),
            Map.entry("uid", "a b"),
            Map.entry("header-value-0", "no name"),
            Map.entry("labels", "no sign"),
            Map.entry("metadata", "=x"),
            Map.entry("filter", "{"),
            Map.entry("signatures", "unheard-of"),
            Map.entry("timeout", "soon"),
            Map.entry("rate", "fast"),
            Map.entry("auth", "{"),
            Map.entry("bodyFormat", "papyrus"),
            Map.entry("secret", "short"));
    InvalidException refused = catchThrowableOfType(InvalidException.class, () -> read(typed));
    assertThat(refused.problems().stream().map(Problem::field))
        .containsExactlyInAnyOrder(
            "url",
            "eventTypes",
            "description",
            "uid",
            "headers",
            "labels",
            "metadata",
            "filter",
            "signatures",
            "timeout",
            "rate",
            "auth",
            "body",
            "secret");
  }

  @Test
  void refusesADuplicateHeader() {
    InvalidException refused =
        catchThrowableOfType(InvalidException.class, () -> withHeaders("X-A", "1", "X-A", "2"));
    assertThat(refused.problems())
        .containsExactly(new Problem("headers", "must not have X-A twice"));
  }

  @Test
  void validInputBecomesASpecification() {
    EndpointSpec asked = withHeaders("X-A", "1", "X-B", "b:c");
    assertThat(asked.values().get(EndpointFields.HEADERS))
        .isEqualTo(Map.of("X-A", "1", "X-B", "b:c"));
    assertThat(asked.values().isReset(EndpointFields.FILTER)).isTrue();
  }

  private static EndpointSpec withHeaders(String... pairs) {
    Map<String, String> typed = new HashMap<>(Map.of("url", "https://a.example", "type", "a"));
    for (int i = 0; i < pairs.length; i += 2) {
      typed.put("header-name-" + i, pairs[i]);
      typed.put("header-value-" + i, pairs[i + 1]);
    }
    return read(typed);
  }
}
