package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.LoggedLines;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.Listener;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Log lines of the default listener. */
class DefaultListenerTest {
  @RegisterExtension private final LoggedLines log = new LoggedLines("dev.hookferry");

  @Test
  void anAddedListenerHearsBesideTheLog() {
    Faulty faulty = new Faulty("commit", () -> new StoreException("closed"));
    Store store = faulty.around(Store.class, memory(InstantSource.system()));
    List<String> faults = new CopyOnWriteArrayList<>();
    Listener added =
        new Listener() {
          @Override
          public void fault(String what, Throwable cause) {
            faults.add(what);
          }
        };
    try (Hookferry hookferry =
        Hookferry.builder(store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .addListener(added)
            .build()
            .start()) {
      faulty.fail(1);

      var publish =
          hookferry.webhooks().publish(Embedded.SITE, NewEvent.of("license_created", "{}"));

      assertThatThrownBy(publish::join).hasCauseInstanceOf(OverloadedException.class);
      until(
          Level.SEVERE
              + " store unavailable: events are refused, nothing is sent cause=closed"
              + " during=commit");
      Poll.until(() -> faults.contains("commit failed"));
    }
  }

  @Test
  void aFailedPublishIsLogged() {
    Faulty faulty = new Faulty("commit", () -> new StoreException("closed"));
    Store store = faulty.around(Store.class, memory(InstantSource.system()));
    try (Hookferry hookferry =
        Hookferry.builder(store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .build()
            .start()) {
      faulty.fail(1);

      var publish =
          hookferry.webhooks().publish(Embedded.SITE, NewEvent.of("license_created", "{}"));

      assertThatThrownBy(publish::join).hasCauseInstanceOf(OverloadedException.class);
      until(
          Level.SEVERE
              + " store unavailable: events are refused, nothing is sent cause=closed"
              + " during=commit");
      Poll.until(() -> isAccepted(hookferry));
      until(Level.INFO + " store available again afterMillis=");
    }
  }

  private static boolean isAccepted(Hookferry hookferry) {
    var publish = hookferry.webhooks().publish(Embedded.SITE, NewEvent.of("license_created", "{}"));
    return publish.handle((receipts, refusal) -> refusal == null).join();
  }

  @Test
  void aStalledEngineIsLogged() {
    AtomicBoolean dies = new AtomicBoolean();
    InstantSource clock =
        () -> {
          if (dies.get() && Thread.currentThread().getName().equals("hookferry-engine")) {
            Thread.currentThread().interrupt();
          }
          return Instant.now();
        };
    try (Hookferry hookferry =
        Hookferry.builder(memory(InstantSource.system()), new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .drainTimeout(Duration.ZERO)
            .build()
            .start()) {
      dies.set(true);

      until(Level.WARNING + " Hookferry has stalled: restart it cause=");
      assertThat(hookferry.stalledReason()).contains("the engine's thread has ended");
    }
  }

  private static MemoryStore memory(InstantSource clock) {
    return new MemoryStore(clock, Duration.ofSeconds(12));
  }

  private void until(String begin) {
    Poll.until(() -> log.all().stream().anyMatch(line -> line.startsWith(begin)));
  }
}
