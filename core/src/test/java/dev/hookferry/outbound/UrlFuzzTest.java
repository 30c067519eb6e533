package dev.hookferry.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every other parser reads an accepted URL in the same way. */
class UrlFuzzTest {
  private static final List<String> CORPUS =
      AttackCase.ofKind("ssrf-url")
          .map(AttackCase::input)
          .filter(text -> text.length() < 200)
          .toList();
  private static final List<String> PIECES =
      List.of(
          "@",
          ":",
          "/",
          "//",
          "\\",
          "?",
          "#",
          "[",
          "]",
          "%",
          "%00",
          "%2e",
          "%40",
          "%5c",
          ".",
          "..",
          "-",
          "_",
          "0x7f",
          "0177",
          "127.0.0.1",
          "2130706433",
          "::1",
          "::ffff:",
          ":443",
          ":0",
          ":65536",
          "xn--",
          "xn--bcher-kva",
          "\uff11",
          "\uff0e",
          "\u3002",
          "\u00df",
          "\u0130",
          "\u200d",
          "\u0000",
          "\n",
          "\t",
          " ",
          "localhost",
          "example.com",
          "https://",
          "http:",
          "user:pw@",
          "1",
          "a",
          "Z",
          "+",
          "&",
          ";",
          ",",
          "|",
          "~",
          "!",
          "'",
          "(",
          "*",
          "1e1");

  @Test
  void allParsersAgreeOnAcceptedUrls() {
    Fuzz.tries(
        60_000,
        chance -> {
          String text = Fuzz.mutated(chance, CORPUS, PIECES);
          parsed(text).ifPresent(url -> agrees(text, url));
        });
  }

  private static Optional<TargetUrl> parsed(String text) {
    try {
      return Optional.of(TargetUrl.parse(text));
    } catch (InvalidException refused) {
      assertThat(refused.problems()).extracting(Problem::field).containsOnly("url");
      assertThat(refused.getMessage()).doesNotContainPattern("[\\x00-\\x1f\\x7f]");
      return Optional.empty();
    }
  }

  /** The JDK reads an authority whose host has an underscore, but not the host in it. */
  private static String theirHost(URI uri) {
    if (uri.getHost() != null) {
      return uri.getHost();
    }
    assertThat(uri.getRawAuthority()).matches("[0-9A-Za-z._-]*_[0-9A-Za-z._-]*(:[0-9]*)?");
    return uri.getRawAuthority().replaceFirst(":.*", "");
  }

  private static void agrees(String text, TargetUrl url) {
    assertThat(url.text()).isEqualTo(text).matches("[!-~]+");
    String host = url.literal().map(InetAddress::getHostAddress).orElse(url.host());

    BrowserHost browser = BrowserHost.of(text);
    assertThat(browser).isEqualTo(new BrowserHost(host, url.port()));

    URI uri = URI.create(text);
    String theirs = theirHost(uri).toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    assertThat(url.literal().isPresent() ? BrowserHost.address(theirs) : theirs).isEqualTo(host);
    assertThat(uri.getScheme()).isEqualToIgnoringCase(url.scheme());
    assertThat(uri.getRawUserInfo()).isNull();
    assertThat(uri.getRawFragment()).isNull();

    assertThat(url.pathAndQuery()).startsWith("/").matches("[!-~]+");
    String bracketed = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
    String again = url.scheme() + "://" + bracketed + ":" + url.port() + url.pathAndQuery();
    TargetUrl same = TargetUrl.parse(again);
    assertThat(same.host()).isEqualTo(url.host());
    assertThat(same.literal()).isEqualTo(url.literal());
    assertThat(same.pathAndQuery()).isEqualTo(url.pathAndQuery());
  }

  @Test
  void addressesAreParsedLikeTheJdk() {
    List<String> corpus = AttackCase.ofKind("ssrf-ip").map(AttackCase::input).toList();
    List<String> pieces = List.of(":", "::", ".", "0", "ffff", "f", "127.0.0.1", "1", "%1", "g");
    Fuzz.tries(
        40_000,
        chance -> {
          String text = Fuzz.mutated(chance, corpus, pieces);
          InetAddress address = AddressText.parse(text);
          if (address != null) {
            assertThat(text).matches("[0-9a-fA-F:.]+");
            assertThat(BrowserHost.address(text)).isEqualTo(address.getHostAddress());
          }
        });
  }

  @Test
  void everySpellingOfAnAddressGetsTheSameVerdict() throws Exception {
    OutboundPolicy strict = OutboundPolicy.strict();
    Fuzz.tries(
        40_000,
        chance -> {
          byte[] four = new byte[4];
          chance.nextBytes(four);
          byte[] mapped = new byte[16];
          mapped[10] = -1;
          mapped[11] = -1;
          System.arraycopy(four, 0, mapped, 12, 4);
          InetAddress address = InetAddress.getByAddress(four);

          assertThat(AddressRules.blockReason(mapped)).isEqualTo(AddressRules.blockReason(four));
          for (int prefix : new int[] {0, 0x0064_ff9b, 0x2002_0000, 0x2001_0000}) {
            byte[] wrapped = mapped.clone();
            wrapped[0] = (byte) (prefix >> 24);
            wrapped[1] = (byte) (prefix >> 16);
            wrapped[2] = (byte) (prefix >> 8);
            wrapped[3] = (byte) prefix;
            wrapped[10] = 0;
            wrapped[11] = 0;
            assertThat(AddressRules.blockReason(wrapped)).isNotNull();
          }
          if (address.isSiteLocalAddress()
              || address.isLoopbackAddress()
              || address.isLinkLocalAddress()
              || address.isMulticastAddress()
              || address.isAnyLocalAddress()) {
            assertThat(strict.permits(address)).isFalse();
          }
        });
  }
}
