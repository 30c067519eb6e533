package dev.hookferry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.refusal.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An accepted header is exactly one on the wire, whoever encodes it, and none of ours. */
class HeaderFuzzTest {
  private static final List<String> NAMES =
      List.of("X-A", "Authorization", "Host", "te", "X_Forwarded_For", "webhook-id", "Proxy", "a");
  private static final List<String> VALUES =
      List.of("", "Bearer abc", "a b\tc", "x".repeat(4096), "k=v; p=\"q\"", "b\r\nEvil: 1");
  private static final List<String> PIECES =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\u010a",
          "\u010d",
          "\u560d\u560a",
          "\u0000",
          ":",
          " ",
          "\t",
          "_",
          "-",
          "\u0085",
          "\u2028",
          "\u00e9",
          "\u007f",
          "(",
          "\"",
          "proxy-",
          "sec-",
          "e",
          "E");

  @Test
  void acceptedTextIsExactlyOneHeader() {
    Fuzz.tries(
        40_000,
        chance -> {
          Map<String, String> headers = new TreeMap<>();
          headers.put(Fuzz.mutated(chance, NAMES, PIECES), Fuzz.mutated(chance, VALUES, PIECES));
          Problems problems = new Problems();
          HeaderRules.check(problems, "headers", headers);
          if (problems.isEmpty()) {
            headers.forEach(HeaderFuzzTest::isOne);
          }
        });
  }

  private static void isOne(String name, String value) {
    String line = name + ": " + value + "\r\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes).hasSize(line.length()).isEqualTo(line.getBytes(StandardCharsets.US_ASCII));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text.lines()).containsExactly(name + ": " + value);
    assertThat(text.substring(0, text.indexOf(':'))).isEqualTo(name).doesNotContainAnyWhitespaces();
    assertThat(value).isEqualTo(value.strip());
    assertThat(name.toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
        .isNotIn("host", "te", "proxy", "connection", "content-length", "transfer-encoding")
        .doesNotStartWith("webhook-")
        .doesNotStartWith("x-forwarded-")
        .doesNotStartWith("proxy-");
  }
}
