package dev.hookferry.contract.store.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.testing.ScriptedTransport;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Other nodes of a shared store follow a master key rotation. */
@Promise(
    by = ConfigStore.class,
    value = "a cheap query by which a node detects the changes of others")
public interface SealedNodesContract extends StoreFixture {
  @Test
  default void otherNodesFollowAMasterKeyRotation() {
    MasterKeySource keys = MasterKeySource.inMemory(new Random(1));
    ScriptedTransport transport = new ScriptedTransport();
    try (Hookferry one = start(keys, new ScriptedTransport());
        Hookferry other = start(keys, transport)) {
      SealedStoreContract.configure(one);
      awaitKeyOf(other, one);

      String rotated = one.webhooks().masterKeys().rotate().status().newest();

      awaitKeyOf(other, one);
      assertThat(other.webhooks().masterKeys().status().newest()).isEqualTo(rotated);
      assertThat(keys.read()).hasSize(2);
      other.webhooks().settings().update(SiteId.DEFAULT, s -> s.secretKey("s3cr3t-after"));
      assertThat(other.webhooks().masterKeys().status().stale()).isZero();
      other.webhooks().publish(SiteId.DEFAULT, NewEvent.of("license_created", "{}")).join();
      Poll.until(() -> !transport.requestsTo(SealedStoreContract.URL).isEmpty());
    }
  }

  private static void awaitKeyOf(Hookferry other, Hookferry one) {
    Poll.until(
        () -> other.webhooks().masterKeys().status().equals(one.webhooks().masterKeys().status()));
  }

  private Hookferry start(MasterKeySource keys, ScriptedTransport transport) {
    SecretCipher cipher = new EnvelopeCipher(keys, new Random(7));
    return Hookferry.builder(open(), transport).secrets(cipher).build().start();
  }
}
