package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The contract of owners: registration, heartbeat and eviction. */
@Promise(by = DeliveryStore.class, value = "An owner is alive from register until retire")
public interface OwnershipContract extends StoreFixture {
  @Promise(
      by = StoreInfo.class,
      value = "kind and version, such as PostgreSQL 18.1; no credentials")
  @Test
  default void describesItself(StoreHarness harness) {
    assertThat(harness.store().info().kind()).isNotBlank();
  }

  @Promise(by = DeliveryStore.class, value = "Registers a new owner, which is alive from now on.")
  @Test
  default void everyRegistrationCreatesANewOwner(StoreHarness harness) {
    Set<Owner> owners = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      assertThat(owners.add(harness.register())).isTrue();
    }
  }

  @Test
  default void heartbeatReportsWhetherAnOwnerIsAlive(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    harness.owned(endpoint);

    Heartbeat first = harness.store().deliveries().heartbeat(harness.owner());
    Heartbeat second = harness.store().deliveries().heartbeat(harness.owner());

    assertThat(first.alive()).isTrue();
    assertThat(first.recovered()).isZero();
    assertThat(second.alive()).isTrue();
    assertThat(second.owners()).isPositive();
    assertThat(second.storeTime()).isAfterOrEqualTo(first.storeTime());
    assertThat(harness.claimAll(endpoint)).isEmpty();
  }

  @Test
  default void heartbeatCountsLivingOwners(StoreHarness harness) {
    assumeTrue(harness.store().isShared(), "only one process opens this store");
    int before = harness.store().deliveries().heartbeat(harness.owner()).owners();
    Owner other = harness.register();
    assertThat(harness.store().deliveries().heartbeat(harness.owner()).owners())
        .isEqualTo(before + 1);
    harness.store().deliveries().retire(other);
    assertThat(harness.store().deliveries().heartbeat(harness.owner()).owners()).isEqualTo(before);

    // A node that only accepts events takes no share of what may be sent.
    Owner idle = harness.store().deliveries().register(new Node("accepts only", false));
    assertThat(harness.store().deliveries().heartbeat(harness.owner()).owners()).isEqualTo(before);
    harness.store().deliveries().retire(harness.owner());
    assertThat(harness.store().deliveries().heartbeat(idle).owners())
        .as("at least 1, even if none delivers")
        .isEqualTo(Math.max(1, before - 1));
    harness.store().deliveries().retire(idle);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "Hands back everything that the owner still owns, and ends the owner. " + "Idempotent.")
  @Test
  default void handsBackDeliveriesOfARetiredOwner(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery published = harness.owned(endpoint);
    Delivery claimed = harness.queued(endpoint);
    harness.claimAll(endpoint);
    Owner heir = harness.register();

    harness.store().deliveries().retire(harness.owner());
    harness.store().deliveries().retire(harness.owner());

    assertThat(harness.claimAll(heir, endpoint)).containsExactlyInAnyOrder(published, claimed);
    assertThat(harness.store().deliveries().heartbeat(harness.owner()).alive()).isFalse();
    assertThat(harness.store().deliveries().heartbeat(heir).alive()).isTrue();
  }

  @Promise(by = DeliveryStore.class, value = "A dead owner gets none.")
  @Test
  default void aRetiredOwnerOwnsNothing(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery before = harness.owned(endpoint);
    Owner heir = harness.register();
    harness.store().deliveries().retire(harness.owner());

    assertThat(harness.claimAll(endpoint)).isEmpty();
    AttemptResult late =
        new AttemptResult(
            before.delivered(harness.samples.now()),
            harness.samples.attempt(before, harness.samples.success()));
    assertThat(harness.commit(Batch.of(late)).refused()).containsExactly(before.id());
    assertThat(harness.shown(before)).isEqualTo(before);
    assertThat(harness.claimAll(heir, endpoint)).containsExactly(before);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A dead owner can still publish, because events must not be lost, but owns "
              + "nothing: its deliveries are free immediately.")
  @Test
  default void storesEventsOfARetiredOwner(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Owner heir = harness.register();
    harness.store().deliveries().retire(harness.owner());
    Event event = harness.samples.event();
    Delivery delivery = harness.samples.delivery(event, endpoint);

    harness.publish(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));

    assertThat(harness.claimAll(heir, endpoint)).containsExactly(delivery);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "Returns the number of pending deliveries; may be a few seconds old if "
              + "counting is expensive.")
  @Test
  default void reportsTheBacklog(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    assertThat(harness.store().deliveries().backlog(all -> true)).isEqualTo(new Backlog(0, null));

    Delivery oldest = harness.owned(endpoint);
    harness.queued(endpoint);
    harness.queued(harness.samples.endpoint());
    harness.settled(endpoint, delivery -> delivery.delivered(harness.samples.now()));

    // A store may count now and then only.
    Poll.until(
        () ->
            harness
                .store()
                .deliveries()
                .backlog(all -> true)
                .equals(new Backlog(3, oldest.dueAt())));
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "Deliveries to endpoints that are not active count as pending, but not for the earliest due "
              + "time.")
  @Test
  default void heldDeliveriesAreNeverOverdue(StoreHarness harness) {
    EndpointId held = harness.samples.endpoint();
    EndpointId active = harness.samples.endpoint();
    Predicate<EndpointId> isActive = active::equals;
    DeliveryStore deliveries = harness.store().deliveries();
    Delivery first = harness.owned(held);
    harness.queued(held);
    Poll.until(() -> deliveries.backlog(isActive).equals(new Backlog(2, null)));

    harness.samples.pass(Duration.ofSeconds(1));
    Delivery sent = harness.queued(active);
    harness.queued(harness.samples.endpoint());
    harness.samples.pass(Duration.ofSeconds(1));
    harness.owned(active);

    Poll.until(() -> deliveries.backlog(isActive).equals(new Backlog(5, sent.dueAt())));
    assertThat(deliveries.backlog(all -> true)).isEqualTo(new Backlog(5, first.dueAt()));
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "Beyond the cost of counting, finding that time may take a step for each endpoint and for "
              + "each such delivery that has an owner, but should not take one for every pending "
              + "delivery.")
  @Test
  default void theOldestIsFoundWithoutAskingAboutEachDelivery(StoreHarness harness) {
    EndpointId active = harness.samples.endpoint();
    EndpointId held = harness.samples.endpoint();
    for (int i = 0; i < 10; i++) {
      harness.owned(active);
    }
    harness.samples.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 10; i++) {
      harness.queued(active);
      harness.queued(held);
    }
    DeliveryStore deliveries = harness.store().deliveries();
    Poll.until(() -> deliveries.backlog(active::equals).pending() == 30);

    AtomicInteger asked = new AtomicInteger();
    Backlog backlog =
        deliveries.backlog(
            endpoint -> {
              asked.incrementAndGet();
              return endpoint.equals(active);
            });

    assertThat(backlog.oldestDue()).isNotNull();
    assertThat(asked).hasValueLessThan(10);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "its publications, results, hand-backs and commands, in this order.")
  @Test
  default void aBatchOwnsWhatItPublishes(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event first = harness.samples.event();
    Event second = harness.samples.event();
    Delivery sent = harness.samples.delivery(first, endpoint);
    Delivery handedBack = harness.samples.delivery(second, endpoint);
    AttemptResult done =
        new AttemptResult(
            sent.delivered(harness.samples.now()),
            harness.samples.attempt(sent, harness.samples.success()));

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(
                    PublishEntry.of(first, List.of(new PublishEntry.Queued(sent, true))),
                    PublishEntry.of(second, List.of(new PublishEntry.Queued(handedBack, true)))),
                List.of(done),
                List.of(new HandBack(Samples.SITE, handedBack.id())),
                List.of()));

    assertThat(committed.refused()).isEmpty();
    assertThat(harness.shown(sent)).isEqualTo(done.delivery());
    assertThat(harness.claimAll(endpoint)).containsExactly(handedBack);
  }
}
