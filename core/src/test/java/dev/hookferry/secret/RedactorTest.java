package dev.hookferry.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private static final String SECRET = "p/ä+ss\"w&ord 1";
  private static final String WHSEC = "whsec_" + Base64.getEncoder().encodeToString(bytes("k", 32));
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("joe:pass?word>1".getBytes());
  private final Redactor redactor = Redactor.of(List.of(SECRET, WHSEC, BASIC, "abc"));

  private static byte[] bytes(String seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed.hashCode()).nextBytes(bytes);
    return bytes;
  }

  /** The private half alone is as secret as the pair; the public key is not. */
  @Test
  void aKeyPairIsRedactedAndItsPublicKeyIsNot() {
    byte[] pair = bytes("pair", 64);
    byte[] seed = Arrays.copyOf(pair, 32);
    String whsk = "whsk_" + Base64.getEncoder().encodeToString(pair);
    Redactor keys = Redactor.of(List.of(whsk));
    for (String form :
        List.of(
            whsk,
            whsk.substring(5),
            HexFormat.of().formatHex(pair),
            HexFormat.of().formatHex(seed),
            Base64.getUrlEncoder().withoutPadding().encodeToString(seed).substring(0, 42))) {
      assertThat(keys.clean("key: " + form)).doesNotContain(form.substring(8, 24));
    }
    String publicKey = Base64.getEncoder().encodeToString(Arrays.copyOfRange(pair, 32, 64));
    assertThat(keys.clean("whpk_" + publicKey)).isEqualTo("whpk_" + publicKey);
  }

  @Test
  void everyEncodingIsRedacted() {
    byte[] raw = SECRET.getBytes(StandardCharsets.UTF_8);
    byte[] key = bytes("k", 32);
    for (String form :
        List.of(
            SECRET,
            HexFormat.of().formatHex(raw),
            HexFormat.of().withUpperCase().formatHex(raw),
            URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
            URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20"),
            "p\\/ä+ss\\\"w&ord 1",
            "p/ä+ss&quot;w&amp;ord 1",
            WHSEC,
            WHSEC.substring(6),
            HexFormat.of().formatHex(key),
            BASIC.substring(6),
            "joe:pass?word>1",
            "pass?word>1")) {
      assertThat(redactor.clean("before " + form + " behind"))
          .as(form)
          .isEqualTo("before ******** behind");
      assertThat(redactor.clean(form)).as(form).isEqualTo("********");
    }
  }

  @Test
  void base64WithSurroundingTextIsRedacted() {
    for (int before = 0; before < 4; before++) {
      String around = "x".repeat(before) + SECRET + "behind";
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String text = encoder.encodeToString(around.getBytes(StandardCharsets.UTF_8));
        String clean = redactor.clean(text);
        assertThat(clean).contains("********").hasSizeLessThan(text.length());
      }
    }
  }

  @Test
  void textWithoutSecretsIsReturnedAsIs() {
    for (String text : List.of("", "abc", "whsec_", "nothing here", "p/ä+ss", "*".repeat(99))) {
      assertThat(redactor.clean(text)).isSameAs(text);
    }
    Payload payload = Payload.wrap(bytes("other", 4096));
    assertThat(redactor.clean(payload, true)).isSameAs(payload);
    assertThat(Redactor.of(List.of()).clean("anything")).isEqualTo("anything");
  }

  @Test
  void aTruncatedSecretAtTheEndIsRedactedToo() {
    for (int length = 4; length < SECRET.length(); length++) {
      Payload cut = Payload.of("answer: " + SECRET.substring(0, length));
      assertThat(redactor.clean(cut, true).text()).startsWith("answer: ****").doesNotContain("p/");
      assertThat(redactor.clean(cut, false)).isSameAs(cut);
    }
    String header = "x".repeat(195) + WHSEC.substring(0, 5);
    assertThat(redactor.clean(header)).isEqualTo("x".repeat(195) + "*****");
  }

  @Test
  void severalSecretsAreRedactedWithoutGrowingTheText() {
    Redactor shorts = Redactor.of(List.of("1234", "12345678"));
    assertThat(shorts.clean("1234-12345678-123-12341234")).isEqualTo("****-********-123-********");
  }
}
