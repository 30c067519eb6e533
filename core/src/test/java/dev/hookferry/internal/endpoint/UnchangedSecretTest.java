package dev.hookferry.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UnchangedSecretTest {
  private static final String CONTEXT = "site/default/webHookSecretKey";

  private final Random random = new Random(1);
  private final SecretCipher cipher = new EnvelopeCipher(MasterKeySource.inMemory(random), random);

  private Sealed seal(String secret, @Nullable Sealed present) {
    return UnchangedSecret.seal(cipher, secret, CONTEXT, present);
  }

  @Test
  void sameSecretIsNotAChange() {
    cipher.reloadKeys(false);
    Sealed present = seal("s3cr3t", null);

    assertThat(cipher.seal("s3cr3t", CONTEXT)).isNotEqualTo(present);
    assertThat(seal("s3cr3t", present)).isEqualTo(present);
    assertThat(cipher.open(seal("other", present), CONTEXT)).isEqualTo("other");
  }

  @Test
  void secretsNotSealedByTheNewestKeyAreSealedAgain() {
    Sealed open = seal("s3cr3t", null);
    cipher.reloadKeys(false);
    Sealed first = seal("s3cr3t", open);
    assertThat(cipher.keyOf(first)).contains(cipher.keys().get(0));
    cipher.reloadKeys(true);
    Sealed second = seal("s3cr3t", first);
    assertThat(cipher.keyOf(second)).contains(cipher.keys().get(1));
  }

  @Test
  void aSecretOfAnotherContextIsSealedForThisOne() {
    cipher.reloadKeys(false);
    Sealed foreign = cipher.seal("s3cr3t", "endpoint/crm/qlmSecret");
    assertThat(cipher.open(seal("s3cr3t", foreign), CONTEXT)).isEqualTo("s3cr3t");
  }
}
