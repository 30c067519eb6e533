package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Promises about threads: which one calls a listener, and how much may wait for the engine. */
class ListenerThreadTest {
  private static final String URL = "https://a.example/";

  private final MemoryStore memory = new MemoryStore();
  private final ScriptedTransport transport = new ScriptedTransport();

  @Test
  void oneThreadAtATimeCallsTheListener() {
    Faulty faulty = new Faulty("save", () -> new StoreException("injected"));
    Where listener = new Where();
    transport.responding(URL, 410);
    try (Hookferry hookferry =
        Hookferry.builder(faulty.around(Store.class, memory), transport)
            .secrets(Secrets.inTheClear())
            .listener(Listener.all(new Broken(), listener))
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks.endpoints().create(Embedded.SITE, EndpointSpec.to(URL).types("*"));
      faulty.fail(1);

      webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();

      Poll.until(
          () -> listener.told.containsAll(Set.of("attempted", "GONE", "incident handling failed")));
    }
    assertThat(listener.threads).hasSize(1);
  }

  /** Endpoints are disabled by a listener as well, but not one that waits for others. */
  @Test
  void aSlowListenerKeepsNoReactionFromHookferry() {
    CountDownLatch slow = new CountDownLatch(1);
    Listener sleeping =
        new Listener() {
          @Override
          public void accepted(Event event, int deliveries) {
            try {
              slow.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    transport.responding(URL, 410);
    try (Hookferry hookferry =
        Hookferry.builder(memory, transport)
            .secrets(Secrets.inTheClear())
            .listener(sleeping)
            .build()
            .start()) {
      Endpoints endpoints = hookferry.webhooks().endpoints();
      var id = endpoints.create(Embedded.SITE, EndpointSpec.to(URL).types("*")).endpoint().id();

      hookferry.webhooks().publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();

      Poll.until(() -> !endpoints.get(Embedded.SITE, id).enabled());
      slow.countDown();
    }
  }

  /** Fails at every attempt. */
  private static final class Broken implements Listener {
    @Override
    public void attempted(Attempt attempt) {
      throw new IllegalStateException("injected");
    }
  }

  /** Remembers what it was told, and by which threads. */
  private static final class Where implements Listener {
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    private void told(String what) {
      threads.add(Thread.currentThread().getName());
      told.add(what);
    }

    @Override
    public void attempted(Attempt attempt) {
      told("attempted");
    }

    @Override
    public void endpointChanged(EndpointHealthEvent news) {
      told(news.kind().name());
    }

    @Override
    public void fault(String what, Throwable cause) {
      told(what);
    }
  }

  /** Makes the engine's thread wait while it is behind. */
  private static InstantSource clock(AtomicBoolean behind, CountDownLatch goesOn) {
    return () -> {
      if (behind.get() && Thread.currentThread().getName().equals("hookferry-engine")) {
        try {
          goesOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Instant.now();
    };
  }

  @Test
  void theQueueOfASlowEngineIsBounded() {
    CountDownLatch goesOn = new CountDownLatch(1);
    AtomicBoolean behind = new AtomicBoolean();
    LoadLimits limits =
        LoadLimits.DEFAULT
            .inFlight(8)
            .window(8)
            .lane(8)
            .owned(100)
            .ownedBytes(1 << 20)
            .openPublishes(10)
            .batch(100);
    try (Hookferry hookferry =
        Hookferry.builder(memory, transport)
            .secrets(Secrets.inTheClear())
            .clock(clock(behind, goesOn))
            .limits(limits)
            .build()
            .start()) {
      behind.set(true);
      List<CompletableFuture<?>> accepted = new ArrayList<>();
      CompletableFuture<?> last;
      do {
        last = hookferry.webhooks().publish(Embedded.SITE, NewEvent.of("license_created", "{}"));
        accepted.add(last);
      } while (!last.isDone() && accepted.size() < 100);

      AtomicReference<Throwable> seen = new AtomicReference<>();
      var unused = last.whenComplete((receipt, failure) -> seen.set(failure));
      assertThat(seen.get())
          .isInstanceOf(OverloadedException.class)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("too many requests for the engine");
      assertThatThrownBy(last::join).hasCauseInstanceOf(OverloadedException.class);
      assertThat(accepted).hasSizeBetween(11, 13);
      behind.set(false);
      goesOn.countDown();
      assertThat(accepted.get(0)).succeedsWithin(Duration.ofMinutes(2));
    }
  }
}
