package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.Store;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages with a mistake of ours: nobody waits for a reply that never comes. */
class PortalFailingPageTest {
  private final AtomicReference<@Nullable Throwable> mistake = new AtomicReference<>();

  private final PortalScene scene =
      new PortalScene(new Served(options -> options, Mistaken::new), "{\"enabled\":true}");

  private final class Mistaken extends ForwardingStore {
    Mistaken(Store store) {
      super(store);
    }

    @Override
    public AttemptLog log() {
      Throwable thrown = mistake.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      return super.log();
    }
  }

  @AfterEach
  void close() {
    mistake.set(null);
    scene.close();
  }

  @Test
  void aMistakeIsAnsweredAndTheNextPageIsServed() {
    String cookie = scene.cookie("");
    for (Throwable one : new Throwable[] {new IllegalStateException("no"), new LinkageError()}) {
      mistake.set(one);
      Answer failed = scene.page(cookie, "/portal/deliveries");
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).isEqualTo("this page failed; see the server log");
      mistake.set(null);
      assertThat(scene.page(cookie, "/portal/deliveries").status()).isEqualTo(200);
    }
  }
}
