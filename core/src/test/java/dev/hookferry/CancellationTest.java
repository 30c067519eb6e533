package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.testing.RecordingListener;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Cancelling deliveries in flight and those that wait. */
class CancellationTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String URL = "https://a.example/";

  private final LosingStore store = new LosingStore();
  private final ScriptedTransport transport = new ScriptedTransport().hanging(URL);

  /** The commit is repeated then, and refused, because the delivery has no owner any more. */
  @Test
  void theStateIsGivenIfTheReplyToItsCommitWasLost() {
    try (Hookferry hookferry =
        Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).build().start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*"));
      webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
      Poll.until(() -> transport.hangingCount() == 1);
      Delivery sent = webhooks.deliveries().list(DeliveryQuery.ofSite(SITE)).data().get(0);
      CompletableFuture<Delivery> cancelling = webhooks.deliveries().cancel(SITE, sent.id());
      store.losesReply.set(true);

      transport.release(ScriptedTransport.status(500));

      assertThatThrownBy(cancelling::join)
          .hasCauseInstanceOf(ConflictException.class)
          .hasMessageEndingWith(sent.id() + " is cancelled already; nothing to cancel");
    }
  }

  /** Returns a delivery that no node owns, since its endpoint is paused. */
  private static Delivery held(Webhooks webhooks) {
    webhooks.endpoints().create(SITE, EndpointSpec.to(URL).types("*").enabled(false));
    webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
    return webhooks.deliveries().list(DeliveryQuery.ofSite(SITE)).data().get(0);
  }

  /** The commit is repeated then, and finds what it has done. */
  @Test
  void unownedDeliveriesAreCancelledEvenIfTheCommitReplyWasLost() {
    RecordingListener listener = new RecordingListener();
    try (Hookferry hookferry =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .listener(listener)
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      Delivery held = held(webhooks);
      store.losesReply.set(true);

      Delivery after = webhooks.deliveries().cancel(SITE, held.id()).join();

      assertThat(after.state()).isEqualTo(DeliveryState.CANCELLED);
      Poll.until(() -> listener.settled().contains(after));
      assertThat(webhooks.audit().list(AuditQuery.ALL).data().get(0).action())
          .isEqualTo(AuditAction.DELIVERY_CANCELLED);
      assertThatThrownBy(() -> webhooks.deliveries().cancel(SITE, held.id()).join())
          .hasCauseInstanceOf(ConflictException.class)
          .hasMessageEndingWith(held.id() + " is cancelled already; nothing to cancel");
    }
  }

  @Test
  void deliveriesAreNotCancelledTwiceIfTheReplyWasLost() {
    try (Hookferry hookferry = node()) {
      Webhooks webhooks = hookferry.webhooks();
      Delivery held = held(webhooks);
      assertThat(webhooks.deliveries().cancel(SITE, held.id()).join().state())
          .isEqualTo(DeliveryState.CANCELLED);
      store.losesReply.set(true);

      assertThatThrownBy(() -> webhooks.deliveries().cancel(SITE, held.id()).join())
          .hasCauseInstanceOf(ConflictException.class);

      assertThat(noted(webhooks, AuditAction.DELIVERY_CANCELLED)).isEqualTo(1);
    }
  }

  /** The commit is repeated then, and what was never blocked looks like what was skipped. */
  @Test
  void onlyABlockedDeliveryIsSkippedIfTheReplyToItsCommitWasLost() {
    String failing = "https://failing.example/";
    transport.responding(failing, 500);
    try (Hookferry hookferry = node()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks.settings().update(SITE, settings -> settings.retry(r -> r.maxRetries(0)));
      webhooks
          .endpoints()
          .create(SITE, EndpointSpec.to(failing).types("*").order(DeliveryOrder.BY_KEY));
      webhooks.publish(SITE, NewEvent.of("license_created", "{}").orderingKey("a")).join();
      DeliveryQuery all = DeliveryQuery.ofSite(SITE);
      DeliveryQuery onlyBlocked = all.state(DeliveryState.BLOCKED);
      Poll.until(() -> !webhooks.deliveries().list(onlyBlocked).data().isEmpty());
      Delivery blocked = webhooks.deliveries().list(all).data().get(0);
      webhooks.publish(SITE, NewEvent.of("license_created", "{}").orderingKey("a")).join();
      Delivery waiting = webhooks.deliveries().list(all).data().get(0);

      store.losesReply.set(true);
      assertThatThrownBy(() -> webhooks.blockedKeys().skip(SITE, waiting.id()).join())
          .hasCauseInstanceOf(ConflictException.class)
          .hasMessageEndingWith("not blocked; nothing to skip");
      assertThat(noted(webhooks, AuditAction.DELIVERY_SKIPPED)).isZero();

      store.losesReply.set(true);
      assertThat(webhooks.blockedKeys().skip(SITE, blocked.id()).join().state())
          .isEqualTo(DeliveryState.EXHAUSTED);
      assertThat(noted(webhooks, AuditAction.DELIVERY_SKIPPED)).isEqualTo(1);
    }
  }

  private static long noted(Webhooks webhooks, AuditAction action) {
    return webhooks.audit().list(AuditQuery.ALL).data().stream()
        .filter(entry -> entry.action() == action)
        .count();
  }

  /** Only the owner can take a delivery out of its queue, and a pause makes it do so. */
  @Test
  void pausingTheEndpointLetsQueuedDeliveriesOfAnotherNodeBeCancelled() {
    try (Hookferry owner = node();
        Hookferry other = node()) {
      EndpointId endpoint =
          owner
              .webhooks()
              .endpoints()
              .create(SITE, EndpointSpec.to(URL).types("*").limits(new SendLimits(null, 1)))
              .endpoint()
              .id();
      for (int i = 0; i < 2; i++) {
        owner.webhooks().publish(SITE, NewEvent.of("license_created", "{}").id("e" + i)).join();
      }
      Poll.until(() -> transport.hangingCount() == 1);
      Delivery queued = owner.webhooks().events().get(SITE, new EventId("e1")).deliveries().get(0);
      other.webhooks().refresh().join();
      Deliveries elsewhere = other.webhooks().deliveries();
      assertThatThrownBy(() -> elsewhere.cancel(SITE, queued.id()).join())
          .hasCauseInstanceOf(ConflictException.class)
          .hasMessageContaining("pause its endpoint first");

      var unused =
          other.webhooks().endpoints().change(SITE, endpoint, EndpointSpec.change().enabled(false));
      owner.webhooks().refresh().join();
      Poll.until(() -> isCancelled(elsewhere, queued));
      transport.release(ScriptedTransport.status(200));
    }
  }

  private Hookferry node() {
    return Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).build().start();
  }

  private static boolean isCancelled(Deliveries deliveries, Delivery queued) {
    try {
      return deliveries.cancel(SITE, queued.id()).join().state() == DeliveryState.CANCELLED;
    } catch (CompletionException e) {
      // The owner has not handed it back yet.
      return false;
    }
  }

  @Test
  void theListenerIsNotifiedOnceOfEachState() {
    String failing = "https://failing.example/";
    RecordingListener listener = new RecordingListener();
    transport.responding(failing, 500);
    try (Hookferry hookferry =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .listener(listener)
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks
          .endpoints()
          .create(SITE, EndpointSpec.to(URL).types("license_created").enabled(false));
      webhooks
          .endpoints()
          .create(SITE, EndpointSpec.to(failing).types("license_deleted", "customer_created"));
      webhooks.publish(SITE, NewEvent.of("license_created", "{}")).join();
      webhooks.publish(SITE, NewEvent.of("license_deleted", "{}")).join();
      Instant later = InstantSource.system().instant().plus(Duration.ofDays(1));
      webhooks.publish(SITE, NewEvent.of("customer_created", "{}").deliverAt(later)).join();
      Poll.until(() -> listener.attempts().size() == 1);

      List<Delivery> waiting = webhooks.deliveries().list(DeliveryQuery.ofSite(SITE)).data();
      assertThat(waiting).hasSize(3);
      for (Delivery each : waiting) {
        Delivery after = webhooks.deliveries().cancel(SITE, each.id()).join();
        assertThat(after.state()).isEqualTo(DeliveryState.CANCELLED);
        Poll.until(() -> listener.settled().contains(after));
      }
      hookferry.drain();
      assertThat(listener.settled()).hasSize(3);
    }
  }

  @Test
  void theListenerIsNotifiedEvenIfTheAuditLogFails() {
    Faulty faulty = new Faulty("append", () -> new StoreException("injected"));
    RecordingListener listener = new RecordingListener();
    try (Hookferry hookferry =
        Hookferry.builder(faulty.around(Store.class, store), transport)
            .secrets(Secrets.inTheClear())
            .listener(listener)
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      Delivery held = held(webhooks);
      faulty.fail(1);

      assertThatThrownBy(() -> webhooks.deliveries().cancel(SITE, held.id()).join())
          .hasCauseInstanceOf(UnknownOutcomeException.class)
          .hasMessageEndingWith(held.id() + " was done, but is not in the audit log");

      Poll.until(() -> !listener.settled().isEmpty());
      assertThat(listener.settled())
          .containsExactly(webhooks.deliveries().get(SITE, held.id()))
          .allMatch(after -> after.state() == DeliveryState.CANCELLED);
    }
  }

  /** A store that writes a commit, but may not say so. */
  private static final class LosingStore extends ForwardingStore {
    private final AtomicBoolean losesReply = new AtomicBoolean();

    LosingStore() {
      super(new MemoryStore(InstantSource.system(), Duration.ofSeconds(12)));
    }

    @Override
    public DeliveryStore deliveries() {
      DeliveryStore real = super.deliveries();
      return (DeliveryStore)
          Proxy.newProxyInstance(
              DeliveryStore.class.getClassLoader(),
              new Class<?>[] {DeliveryStore.class},
              (self, method, arguments) -> {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("commit") && losesReply.getAndSet(false)) {
                  throw new UnknownOutcomeException("lost", new StoreException("reset"));
                }
                return result;
              });
    }
  }
}
