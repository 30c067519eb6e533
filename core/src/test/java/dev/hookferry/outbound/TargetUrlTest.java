package dev.hookferry.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://Example.COM/Hook?a=B, https, example.com, 443, /Hook?a=B",
    "HTTP://example.com, http, example.com, 80, /",
    "https://example.com?x=1, https, example.com, 443, /?x=1",
    "https://example.com./a;b=1/..%2f, https, example.com, 443, /a;b=1/..%2f",
    "https://example.com/a/../b//c, https, example.com, 443, /a/../b//c",
    "https://My_App.example.com:8443/a_b, https, my_app.example.com, 8443, /a_b",
    "https://192.0.2.1:8443/x, https, 192.0.2.1, 8443, /x",
    "https://[2606:4700::AB]:444/, https, 2606:4700::ab, 444, /",
    "https://[::ffff:1.2.3.4]/, https, ::ffff:1.2.3.4, 443, /",
  })
  void splitsAUrl(String text, String scheme, String host, int port, String pathAndQuery) {
    TargetUrl url = TargetUrl.parse(text);

    assertThat(url.text()).isEqualTo(text);
    assertThat(url.scheme()).isEqualTo(scheme);
    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThat(url.pathAndQuery()).isEqualTo(pathAndQuery);
    assertThat(url).isEqualTo(TargetUrl.parse(text)).hasToString(text);
  }

  @Test
  void comparesAddressesByTheirBytes() throws Exception {
    assertThat(TargetUrl.parse("https://example.com/").literal()).isEmpty();
    assertThat(TargetUrl.parse("https://1.2.3.4/").literal().orElseThrow().getAddress())
        .containsExactly(1, 2, 3, 4);
    assertThat(TargetUrl.parse("https://[2606:4700::1]/").literal().orElseThrow().getAddress())
        .containsExactly(0x26, 6, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(TargetUrl.parse("https://[1:2:3:4:5:6:7::]/").literal().orElseThrow().getAddress())
        .containsExactly(0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a_.example.com/",
        "https://_a.example.com/",
        "https://a_b.example.com:65536/",
        "https://a_b.example.com/|",
        "https://127.0.0.1./",
        "https://1.2.3.4.5/",
        "https://a@b@example.com/",
        "https://example.com:65536/",
        "https://example.com:0/",
        "https://example.com:+1/",
        "https://example.com:80:80/",
        "https://[::1]x/",
        "https://[::1]:/",
        "https://[1:2:3:4:5:6:7:8::]/",
        "https://[1::2::3]/",
        "https://[1:2:3:4:5:6:7]/",
        "https://[::1.2.3]/",
        "https://[1.2.3.4::]/",
        "https://[:::]/",
        "https://[12345::]/",
        "https://exa[mple.com/",
        "https:///example.com/",
        "https://example.com../",
        "https://./",
        "https://example.com-/",
        "https://example.com/%zz",
        "https://example.com/|",
        "https://example.com/[a]",
        "https://example.9a/",
      })
  void refusesAmbiguousUrls(String text) {
    assertThatThrownBy(() -> TargetUrl.parse(text))
        .isInstanceOfSatisfying(
            InvalidException.class,
            refused ->
                assertThat(refused.problems()).extracting(Problem::field).containsExactly("url"));
  }

  @Test
  void limitsTheLength() {
    String longest = "https://example.com/" + "a".repeat(2048 - 20);

    assertThat(TargetUrl.parse(longest).text()).hasSize(2048);
    assertThatThrownBy(() -> TargetUrl.parse(longest + "a"))
        .hasMessage("url: must have 2048 characters or fewer (url_syntax)");
  }

  @Test
  void namesTheInvalidCharacter() {
    assertThatThrownBy(() -> TargetUrl.parse("https://exämple.com/"))
        .hasMessageContaining("character 11 is U+00E4")
        .hasMessageContaining("xn--");
  }

  /**
   * Random texts near a URL: whatever is taken has a host that the JDK would connect to as well.
   */
  @RepeatedTest(20)
  void throwsNothingButRefusals(RepetitionInfo seed) {
    Random random = new Random(seed.getCurrentRepetition());
    String letters = "ahtps:/@.[]%?#\\19fx-_; \u0001ä";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder("https://");
      random.ints(12, 0, letters.length()).forEach(at -> text.append(letters.charAt(at)));
      try {
        TargetUrl url = TargetUrl.parse(text.toString());
        assertThat(url.host()).matches("[a-z0-9._:-]+");
        assertThat(url.pathAndQuery()).startsWith("/");
      } catch (InvalidException refused) {
        assertThat(refused.problems()).isNotEmpty();
      }
    }
  }
}
