package dev.hookferry.contract.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The contract of a cipher that seals secrets. */
public interface SecretCipherContract {
  /** Secrets of every kind in use. */
  List<String> SECRETS =
      List.of("s", "s3cr3t-value", "clé-Ω 漢字 😀", "plain:x", "sealed:1:mk_0:a:b", "x".repeat(4096));

  /** Where a secret may be. */
  String HERE = "site/default/endpoint/ep_1/qlm";

  /** A cipher with one key; every call gives one with the same key. */
  SecretCipher cipher();

  /** A cipher with another key. */
  SecretCipher stranger();

  @Test
  default void anyHolderOfTheKeyCanOpenASealedSecret() {
    for (String secret : SECRETS) {
      Sealed sealed = cipher().seal(secret, HERE);
      assertThat(cipher().open(sealed, HERE)).isEqualTo(secret);
      assertThat(cipher().open(new Sealed(sealed.text()), HERE)).isEqualTo(secret);
    }
  }

  @Test
  default void sealedTextDoesNotRevealTheSecret() {
    SecretCipher cipher = cipher();
    for (String secret : SECRETS.subList(1, SECRETS.size())) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      Sealed sealed = cipher.seal(secret, HERE);
      assertThat(sealed.text())
          .matches("[!-~]+")
          .doesNotContain(secret)
          .doesNotContain(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      assertThat(sealed.text().toLowerCase(Locale.ROOT))
          .doesNotContain(HexFormat.of().formatHex(bytes));
      assertThat(sealed.toString()).isEqualTo("***");
      assertThat(cipher.seal(secret, HERE)).as("twice the same").isNotEqualTo(sealed);
    }
  }

  @Test
  default void sealedTextNamesItsKey() {
    SecretCipher cipher = cipher();
    Sealed sealed = cipher.seal("s3cr3t", HERE);
    assertThat(cipher.keyOf(sealed)).contains(cipher.keys().get(0));
    assertThat(stranger().keyOf(sealed)).contains(cipher.keys().get(0));
    assertThat(Secrets.inTheClear().keyOf(sealed)).contains(cipher.keys().get(0));
  }

  @Test
  default void refusesASealedTextMovedElsewhere() {
    Sealed sealed = cipher().seal("s3cr3t", HERE);
    for (String there :
        List.of(
            "site/other/endpoint/ep_1/qlm",
            "site/default/endpoint/ep_2/qlm",
            "site/default/endpoint/ep_1/standard",
            "site/default/endpoint/ep_1/ql",
            "")) {
      assertThatThrownBy(() -> cipher().open(sealed, there))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> cipher().rewrap(sealed, there))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  default void namesTheMissingKey() {
    Sealed sealed = cipher().seal("s3cr3t", HERE);
    for (SecretCipher other : List.of(stranger(), Secrets.inTheClear())) {
      assertThatThrownBy(() -> other.open(sealed, HERE))
          .hasMessageContaining(cipher().keys().get(0))
          .hasMessageContaining(HERE);
    }
  }

  @Test
  default void detectsEveryChangedCharacter() {
    Sealed sealed = cipher().seal("s3cr3t", HERE);
    String text = sealed.text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String changed = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(outcome(changed)).as(changed).isNotEqualTo("other");
      assertThat(outcome(text.substring(0, i))).as(text.substring(0, i)).isEqualTo("refused");
    }
    assertThat(outcome(text + "A")).isEqualTo("refused");
  }

  /**
   * Opens an altered text. The last character of base64 has unused bits, so another character may
   * decode to the same secret, but never to a different one.
   */
  private String outcome(String text) {
    String[] opened = new String[1];
    Throwable failure = catchThrowable(() -> opened[0] = cipher().open(new Sealed(text), HERE));
    if (failure != null) {
      assertThat(failure.toString()).doesNotContain("s3cr3t");
      return "refused";
    }
    return "s3cr3t".equals(opened[0]) ? "same" : "other";
  }
}
