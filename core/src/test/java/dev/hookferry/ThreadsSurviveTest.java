package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.observe.Listener;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every call of a port, every kind of exception: the node is back at work without a restart as soon
 * as the port is, and nothing that was accepted is left behind.
 */
class ThreadsSurviveTest {
  private static final String URL = "https://crm.example/hook";

  /** A call and what it throws. */
  record Case(String call, String name, Supplier<Throwable> failure) {
    @Override
    public String toString() {
      return call + " throws " + name;
    }
  }

  private static Stream<Case> cases() {
    Map<String, Supplier<Throwable>> failures =
        Map.of(
            "StoreException", () -> new StoreException("injected"),
            "UnknownOutcomeException",
                () -> new UnknownOutcomeException("injected", new StoreException("injected")),
            "IllegalStateException", () -> new IllegalStateException("injected"),
            "StackOverflowError", StackOverflowError::new,
            "OutOfMemoryError", () -> new OutOfMemoryError("injected"),
            "NoClassDefFoundError", () -> new NoClassDefFoundError("injected"));
    List<String> calls =
        List.of(
            "commit",
            "claim",
            "heartbeat",
            "orphanedEndpoints",
            "version",
            "load",
            "send",
            "open",
            "accepted",
            "attempted",
            "settled",
            "fault");
    return calls.stream()
        .flatMap(
            call ->
                failures.entrySet().stream()
                    .map(failure -> new Case(call, failure.getKey(), failure.getValue())));
  }

  /** Most of the time is spent waiting for the next retry, so all cases do that together. */
  @Test
  void recoversWithoutARestart() throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(36);
    List<Callable<Optional<String>>> all =
        cases().<Callable<Optional<String>>>map(one -> () -> attempt(one)).toList();
    try {
      assertThat(executor.invokeAll(all))
          .isNotEmpty()
          .allSatisfy(done -> assertThat(done.get()).isEmpty());
    } finally {
      executor.shutdownNow();
    }
  }

  private static Optional<String> attempt(Case one) {
    try {
      survives(one);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(one + ": " + e);
    }
  }

  private static void survives(Case one) {
    Faulty faulty = new Faulty(one.call(), one.failure());
    MemoryStore memory = new MemoryStore(InstantSource.system(), Duration.ofSeconds(12));
    ScriptedTransport scripted = new ScriptedTransport();
    try (Hookferry hookferry =
        Hookferry.builder(
                faulty.around(Store.class, memory), faulty.around(Transport.class, scripted))
            .secrets(faulty.around(SecretCipher.class, Secrets.inTheClear()))
            .listener(faulty.around(Listener.class, new Listener() {}))
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks
          .settings()
          .update(Embedded.SITE, s -> s.retry(r -> r.interval(Duration.ofSeconds(1))));
      scripted.responding(URL, n -> ScriptedTransport.status(n % 3 == 0 ? 500 : 200));
      var unused = webhooks.endpoints().create(Embedded.SITE, EndpointSpec.to(URL).types("*"));

      faulty.fail(3);
      List<String> accepted = new ArrayList<>();
      Poll.until(
          () -> {
            publish(webhooks).ifPresent(accepted::add);
            return accepted.size() >= 20 && (faulty.isDone() || !faulty.isCalledOften());
          });

      faulty.fail(0);
      Poll.until(() -> hookferry.backlog().pending() == 0);
      assertThat(webhooks.deliveries().list(DeliveryQuery.ofSite(Embedded.SITE)).data())
          .as("all that was accepted, and some more")
          .hasSizeGreaterThanOrEqualTo(Math.min(50, accepted.size()))
          .allMatch(delivery -> delivery.state() == DeliveryState.DELIVERED);
      assertThat(hookferry.isAlive()).isTrue();
      assertThat(hookferry.stalledReason()).isEmpty();
    }
  }

  /**
   * No commit and no claim fails in the meantime, so none of them is the first to succeed again.
   */
  @Test
  void reportsTheEndOfAnOutageSeenOnlyByMaintenance() {
    Faulty faulty = new Faulty("all", () -> new StoreException("injected"));
    MemoryStore memory = new MemoryStore(InstantSource.system(), Duration.ofSeconds(12));
    List<String> heard = new CopyOnWriteArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void fault(String what, Throwable cause) {
            heard.add(what);
          }

          @Override
          public void storeRecovered() {
            heard.add("recovered");
          }
        };
    try (Hookferry hookferry =
        Hookferry.builder(faulty.around(Store.class, memory), new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .listener(listener)
            .build()
            .start()) {
      faulty.fail(1);
      Poll.until(() -> !heard.isEmpty());
      Poll.until(() -> publish(hookferry.webhooks()).isPresent() && heard.size() > 1);
    }
    assertThat(heard).containsExactly("step of a replay failed", "recovered");
  }

  private static Optional<String> publish(Webhooks webhooks) {
    try {
      NewEvent event = NewEvent.of("license_created", "{}");
      return Optional.of(webhooks.publish(Embedded.SITE, event).join().id().value());
    } catch (CompletionException | OverloadedException e) {
      return Optional.empty();
    }
  }
}
