package dev.hookferry.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.SignedRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs with routing values: what values may stand where, and that they stay there. */
class UrlTemplateTest {
  private static final TargetUrl HOOK =
      TargetUrl.template("https://api.example:8443/v1/{tenant}/hook?of={tenant}&at={place}");

  @Test
  void isAUrlWithNames() {
    assertThat(HOOK.isTemplate()).isTrue();
    assertThat(HOOK.values()).containsExactly("tenant", "place");
    assertThat(HOOK.host()).isEqualTo("api.example");
    assertThat(HOOK.port()).isEqualTo(8443);
    assertThat(HOOK.pathAndQuery()).isEqualTo("/v1/{tenant}/hook?of={tenant}&at={place}");
    assertThat(HOOK)
        .isEqualTo(TargetUrl.template(HOOK.text()))
        .hasToString("https://api.example:8443/v1/{tenant}/hook?of={tenant}&at={place}");
    assertThat(TargetUrl.template("https://api.example?{q}").pathAndQuery()).isEqualTo("/?{q}");
    assertThat(HOOK.expand(HOOK.samples()).text())
        .isEqualTo("https://api.example:8443/v1/tenant/hook?of=tenant&at=place");
  }

  @Test
  void aUrlWithoutNamesIsPlain() {
    TargetUrl plain = TargetUrl.template("https://api.example/hook");

    assertThat(plain).isEqualTo(TargetUrl.parse("https://api.example/hook"));
    assertThat(plain.isTemplate()).isFalse();
    assertThat(plain.values()).isEmpty();
    assertThat(plain.problem(Map.of())).isEmpty();
    assertThat(plain.expand(Map.of("tenant", "a"))).isSameAs(plain);
  }

  @Test
  void escapesEverythingButTheUnreserved() {
    TargetUrl url = HOOK.expand(Map.of("tenant", "a/b c", "place", "é💶?#&=%2f+\\", "more", "x"));

    assertThat(url.isTemplate()).isFalse();
    assertThat(url.pathAndQuery())
        .isEqualTo("/v1/a%2Fb%20c/hook?of=a%2Fb%20c&at=%C3%A9%F0%9F%92%B6%3F%23%26%3D%252f%2B%5C");
    assertThat(HOOK.expand(Map.of("tenant", "aZ09-._~", "place", "")).pathAndQuery())
        .isEqualTo("/v1/aZ09-._~/hook?of=aZ09-._~&at=");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/{t}/x, ''",
    "https://a.example/{t}/x, .",
    "https://a.example/{t}/x, ..",
    "https://a.example/x/{t}, ''",
    "https://a.example/.{t}/x, .",
    "https://a.example/%2E{t}/x, .",
    "https://a.example/{t}%2e/x, .",
    "https://a.example/{t}{t}/x, .",
    "https://a.example/{t}{t}?q, ''",
  })
  void aValueCannotMakeASegmentThatOthersResolve(String template, String value) {
    TargetUrl url = TargetUrl.template(template);

    assertThat(url.problem(Map.of("t", value))).get().asString().contains("segment");
    assertThatThrownBy(() -> url.expand(Map.of("t", value)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining(" into an empty segment, . or .. of the URL's path");
    assertThat(url.problem(Map.of("t", "..."))).isEmpty();
  }

  @Test
  void saysWhatIsMissingOrTooLong() {
    assertThat(HOOK.problem(Map.of("tenant", "a")))
        .hasValue("must have a value place, which the URL needs");
    assertThatThrownBy(() -> HOOK.expand(Map.of()))
        .hasMessageStartingWith("routing: must have a value ");
    String name = "{t}".repeat(4);
    TargetUrl url = TargetUrl.template("https://a.example/" + name);
    assertThat(url.problem(Map.of("t", "é".repeat(84)))).isEmpty();
    assertThat(url.problem(Map.of("t", "é".repeat(85))))
        .hasValue("makes a URL of more than 2048 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{s}://a.example/",
        "htt{s}://a.example/",
        "https:{s}//a.example/",
        "https://{h}/",
        "https://{h}.example/x",
        "https://a.example{h}",
        "https://a.example{h}/x",
        "https://a.example:{p}/x",
        "https://a.example:44{p}/x",
        "https://{u}@a.example/x",
        "https://a.example@{h}/x",
        "https://[{h}]/x",
        "//{h}/x",
        "{h}",
        "https:///{h}",
        "https:/{h}/x",
        "https:\\\\{h}/x",
        "https://a.example\\{h}",
        "https://a.example/#{f}",
        "https://a.example/{",
        "https://a.example/}",
        "https://a.example/{}",
        "https://a.example/{a-b}",
        "https://a.example/{a b}",
        "https://a.example/{{a}}",
        "https://a.example/{a}}",
        "https://a.example/%{a}",
        "https://a.example/%2{a}",
        "https://a.example/{é}",
        "https://a.example/|{a}",
        "ftp://a.example/{a}",
      })
  void refusesATemplateOfAnythingButPathAndQuery(String text) {
    assertThatThrownBy(() -> TargetUrl.template(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("url: ");
    assertThatThrownBy(() -> TargetUrl.parse(text)).isInstanceOf(InvalidException.class);
  }

  @Test
  void aTemplateItselfIsNeverSentTo() {
    assertThatThrownBy(
            () -> new SignedRequest(HOOK, List.of(), Payload.empty(), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TargetUrl.parse(HOOK.text())).isInstanceOf(InvalidException.class);
  }

  /** Whatever attackers put into a value, the target is the registered one. */
  @Test
  void noValueLeavesItsPlace() {
    List<String> corpus =
        Stream.of("ssrf-url", "ssrf-ip", "ssrf-dns")
            .flatMap(AttackCase::ofKind)
            .map(AttackCase::input)
            .filter(text -> text.length() < 256)
            .toList();
    corpus.forEach(UrlTemplateTest::staysInPlace);
    List<String> pieces =
        List.of(
            "/", "\\", "..", ".", "%2e", "%2F", "?", "#", "@", ":", "\r\n", "\u0000", "é", ";", "");
    Fuzz.tries(20_000, chance -> staysInPlace(Fuzz.mutated(chance, corpus, pieces)));
  }

  private static void staysInPlace(String value) {
    Map<String, String> values = Map.of("tenant", value, "place", value);
    if (HOOK.problem(values).isPresent()) {
      assertThat(value)
          .matches(text -> List.of("", ".", "..").contains(text) || text.length() > 50);
      return;
    }
    TargetUrl url = HOOK.expand(values);
    assertThat(url.text()).matches("https://api\\.example:8443/v1/[A-Za-z0-9._~%-]+/hook\\?of=.*");
    assertThat(BrowserHost.of(url.text())).isEqualTo(new BrowserHost("api.example", 8443));
    URI uri = URI.create(url.text());
    assertThat(uri.getHost()).isEqualTo("api.example");
    assertThat(uri.getRawFragment()).isNull();
    assertThat(uri.normalize()).isEqualTo(uri);
    assertThat(uri.getRawPath().split("/", -1)).hasSize(4);
    if (StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      String segment = uri.getRawPath().split("/", -1)[2];
      assertThat(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
          .isEqualTo(value);
    }
  }

  /** A name put anywhere into a URL is refused, or leaves the target alone. */
  @Test
  void noTemplateHasAnotherTargetThanWithItsSamples() {
    List<String> corpus = AttackCase.ofKind("ssrf-url").map(AttackCase::input).toList();
    Fuzz.tries(
        40_000,
        chance -> {
          String text =
              Fuzz.mutated(chance, corpus, List.of("{a}", "/{b}", "?{a}", "{", "}", "%", "//"));
          TargetUrl url;
          try {
            url = TargetUrl.template(text);
          } catch (InvalidException refused) {
            return;
          }
          for (String value : List.of("x", "@evil.example", "//evil.example/", ":1", "2e", "%2e")) {
            Map<String, String> values = Map.of("a", value, "b", value);
            if (url.problem(values).isEmpty()) {
              TargetUrl target = url.expand(values);
              assertThat(target.host()).isEqualTo(url.host());
              assertThat(target.port()).isEqualTo(url.port());
              assertThat(target.scheme()).isEqualTo(url.scheme());
              assertThat(BrowserHost.of(target.text()).port()).isEqualTo(url.port());
              assertThat(target.literal()).isEqualTo(url.literal());
            }
          }
        });
  }
}
