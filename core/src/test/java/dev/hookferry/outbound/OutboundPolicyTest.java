package dev.hookferry.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
  private static final OutboundPolicy STRICT = OutboundPolicy.strict();

  /** Addresses of the cases' names. */
  private static final Map<String, String> STUB =
      Map.of(
          "127.0.0.1.nip.io", "127.0.0.1",
          "localtest.me", "127.0.0.1",
          "v6only.example.net", "fd00::5");

  static Stream<AttackCase> addresses() {
    return AttackCase.ofKind("ssrf-ip");
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void decidesAboutAddresses(AttackCase attack) {
    InetAddress address = address(attack.input());

    assertThat(STRICT.permits(address)).isEqualTo(attack.expected().equals("ALLOW"));
  }

  static Stream<AttackCase> urls() {
    return AttackCase.ofKind("ssrf-url");
  }

  @ParameterizedTest
  @MethodSource("urls")
  void decidesAboutUrls(AttackCase attack) {
    assertThat(judge(STRICT, attack.input())).isEqualTo(attack.expected());
  }

  private static String judge(OutboundPolicy policy, String text) {
    try {
      TargetUrl url = TargetUrl.parse(text);
      policy.check(url);
      policy.check(url, url.literal().orElse(address(STUB.getOrDefault(url.host(), "1.1.1.1"))));
      return "ALLOW";
    } catch (InvalidException refused) {
      assertThat(refused.problems()).hasSize(1);
      assertThat(refused.problems().get(0).field()).isEqualTo("url");
      String reason = refused.problems().get(0).reason();
      return "DENY_" + reason.replaceAll(".*\\(url_([a-z]+)\\)", "$1").toUpperCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:1::5efe:102:304", "2600::200:5efe:1.2.3.4", "2600::5efe:a00:1"})
  void refusesIsatap(String text) {
    assertThat(STRICT.permits(address(text))).isFalse();
  }

  @Test
  void reportsAllProblems() {
    assertThatThrownBy(() -> STRICT.check(TargetUrl.parse("http://10.0.0.1:22/")))
        .hasMessageContaining("(url_scheme)")
        .hasMessageContaining("port 22")
        .hasMessageContaining("10.0.0.0/8 (private)");
  }

  @Test
  void allowsOnlyTheNetworkWithItsNamesAndPorts() {
    OutboundPolicy open =
        STRICT.allowingNetworks(
            List.of(Network.parse("127.0.0.0/8"), Network.parse("fd00:12::/32")));

    assertThat(open.permits(address("127.9.9.9"))).isTrue();
    assertThat(open.permits(address("::ffff:127.0.0.1"))).isTrue();
    assertThat(open.permits(address("fd00:12:3::4"))).isTrue();
    assertThat(open.permits(address("10.0.0.1"))).isFalse();
    assertThat(judge(open, "https://127.0.0.1:6379/")).isEqualTo("ALLOW");
    assertThat(judge(open, "https://[fd00:12::1]/")).isEqualTo("ALLOW");
    assertThat(judge(open, "https://10.1.2.3/")).isEqualTo("DENY_ADDRESS");
    assertThat(judge(open, "http://127.0.0.1/")).isEqualTo("DENY_SCHEME");
    TargetUrl localhost = TargetUrl.parse("https://localhost:5432/");
    assertThatCode(() -> open.check(localhost)).doesNotThrowAnyException();
    assertThatCode(() -> open.check(localhost, address("127.0.0.1"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> open.check(localhost, address("1.1.1.1")))
        .hasMessageContaining("(url_host)")
        .hasMessageContaining("(url_port)");
  }

  @Test
  void allowsHttpEverywhereOrForSome() {
    assertThat(judge(STRICT.allowingHttp(), "http://example.com/")).isEqualTo("ALLOW");
    assertThat(judge(STRICT.allowingHttp(), "http://10.0.0.1/")).isEqualTo("DENY_ADDRESS");
    OutboundPolicy some = STRICT.allowingHttpTo(List.of("Old.example.com", "1.1.1.0/24"));
    assertThat(judge(some, "http://old.example.com/")).isEqualTo("ALLOW");
    assertThat(judge(some, "http://1.1.1.7/")).isEqualTo("ALLOW");
    assertThat(judge(some, "http://8.8.8.8/")).isEqualTo("DENY_SCHEME");
    TargetUrl other = TargetUrl.parse("http://other.example.com/");
    assertThatCode(() -> some.check(other, address("1.1.1.9"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> some.check(other, address("8.8.8.8"))).hasMessageContaining("scheme");
    assertThat(judge(STRICT.allowingHttpTo(List.of("a.example.com")), "http://b.example.com/"))
        .isEqualTo("DENY_SCHEME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "example.com:80", "http://example.com", "10.0.0.0/33", "[::1]"})
  void refusesInvalidHostsAndNetworks(String target) {
    assertThatThrownBy(() -> STRICT.allowingHttpTo(List.of(target)))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("must be");
  }

  @Test
  void allowsPorts() {
    OutboundPolicy open = STRICT.allowingPorts(Set.of(9200));

    assertThat(judge(open, "https://example.com:9200/")).isEqualTo("ALLOW");
    assertThat(judge(open, "https://example.com:22/")).isEqualTo("DENY_PORT");
  }

  @Test
  void refusesTheLocalMachineUnlessAllowed() {
    OutboundPolicy policy = STRICT.refusingOwn(() -> Set.of(address("8.8.4.4")));

    assertThat(policy.permits(address("8.8.4.4"))).isFalse();
    assertThat(policy.permits(address("8.8.8.8"))).isTrue();
    assertThat(judge(policy, "https://8.8.4.4/")).isEqualTo("DENY_ADDRESS");
    assertThat(
            policy
                .allowingNetworks(List.of(Network.parse("8.8.4.0/24")))
                .permits(address("8.8.4.4")))
        .isTrue();
  }

  @Test
  void aStrictTargetHasNoExceptionAndNoMoreThanTheOperatorAllows() {
    OutboundPolicy open =
        STRICT
            .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
            .allowingHttp()
            .allowingPorts(Set.of(9200))
            .refusingOwn(() -> Set.of(address("8.8.4.4")));
    OutboundPolicy strict = open.forTarget(true);

    assertThat(open.forTarget(false)).isSameAs(open);
    assertThat(judge(strict, "https://example.com/")).isEqualTo("ALLOW");
    assertThat(judge(strict, "https://127.0.0.1/")).isEqualTo("DENY_ADDRESS");
    assertThat(judge(strict, "http://example.com/")).isEqualTo("DENY_SCHEME");
    assertThat(judge(strict, "https://example.com:9200/")).isEqualTo("DENY_PORT");
    assertThat(judge(strict, "https://8.8.4.4/")).isEqualTo("DENY_ADDRESS");
    assertThat(open.withoutInternet().forTarget(true).allowsNothing()).isTrue();
    assertThatThrownBy(() -> strict.check(TargetUrl.parse("http://localhost:9200/")))
        .hasMessageContaining("it comes from a customer")
        .hasMessageNotContaining("let the operator");
  }

  private static InetAddress address(String text) {
    return Objects.requireNonNull(AddressText.parse(text), text);
  }
}
