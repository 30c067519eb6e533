package dev.hookferry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.refusal.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {
  private static final Pattern MEMBER =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\": (?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(null|1))");

  static Stream<AttackCase> attacks() {
    return AttackCase.ofKind("header");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void judgesHeaders(AttackCase attack) {
    Problems problems = new Problems();

    HeaderRules.check(problems, "headers", members(attack.input()));

    assertThat(problems.isEmpty()).isEqualTo(attack.expected().startsWith("ACCEPT"));
    if (attack.expected().contains("reserved")) {
      assertThatThrownBy(problems::throwIfAny).hasMessageContaining("is reserved");
    }
  }

  /** A flat JSON object; values that are no text become null. */
  private static Map<String, @Nullable String> members(String json) {
    Map<String, @Nullable String> members = new LinkedHashMap<>();
    Matcher matcher = MEMBER.matcher(json);
    while (matcher.find()) {
      String value = matcher.group(2);
      members.put(
          AttackCase.unescape(matcher.group(1)), value == null ? null : AttackCase.unescape(value));
    }
    assertThat(members).isNotEmpty();
    return members;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host", "content-type", "User_Agent", "X-QLM-Signature", "Webhook-Anything",
        "hookferry-attempt", "X_Forwarded_Host", "Proxy-Foo", "Transfer-Encoding", "CONNECTION"
      })
  void refusesReservedNames(String name) {
    assertThatThrownBy(() -> check(Map.of(name, "x")))
        .hasMessage("headers." + name + ": is reserved; choose another name, such as X-" + name);
  }

  @Test
  void onlyTheUserAgentCanBeReplaced() {
    assertThatCode(() -> check(Map.of("user-agent", "Svix-Webhooks/1"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(Map.of("User-Agent", "a", "User_Agent", "b")))
        .hasMessageContaining("headers.User_Agent: is reserved");
  }

  @ParameterizedTest
  @ValueSource(strings = {" a", "a ", "\ta", "a\t", " ", "a\u00e9", "a\u0001b"})
  void refusesSurroundingSpacesAndNonAscii(String value) {
    assertThatThrownBy(() -> check(Map.of("X-A", value)))
        .hasMessageStartingWith("headers.X-A: must have a value of visible ASCII");
  }

  @Test
  void limitsCountAndSize() {
    assertThatCode(() -> check(numbered(50, 10))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(numbered(51, 10)))
        .hasMessage("headers: must be 50 headers or fewer");
    assertThatCode(() -> check(Map.of("X-A", "v".repeat(4096)))).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(Map.of("X-A", "v".repeat(4097))))
        .hasMessage("headers.X-A: must have a value of 4096 characters or fewer");
    assertThatThrownBy(() -> check(numbered(5, 4000)))
        .hasMessage("headers: must have at most 16384 characters, names and values together");
  }

  @Test
  void refusesDuplicateNames() {
    Map<String, String> twins = new LinkedHashMap<>();
    twins.put("X-Key", "1");
    twins.put("x_key", "2");

    assertThatThrownBy(() -> check(twins)).hasMessageStartingWith("headers.x_key: is given twice");
  }

  @Test
  void showsABadNameWithoutControlCharacters() {
    assertThatThrownBy(() -> check(Map.of("X\r\nEvil", "s3cr3t")))
        .hasMessageEndingWith("not \"X\\u000d\\u000aEvil\"")
        .hasMessageNotContaining("s3cr3t");
  }

  private static Map<String, String> numbered(int count, int length) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "X-" + i, i -> "v".repeat(length)));
  }

  private static void check(Map<String, String> headers) {
    Problems problems = new Problems();
    HeaderRules.check(problems, "headers", headers);
    problems.throwIfAny();
  }
}
