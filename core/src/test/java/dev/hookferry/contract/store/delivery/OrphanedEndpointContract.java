package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of orphaned deliveries, whose endpoint has been removed. */
@Promise(
    by = DeliveryStore.class,
    value =
        "Finds endpoints, other than the known ones, with unowned pending deliveries, "
            + "due or not.")
public interface OrphanedEndpointContract extends StoreFixture {
  @Test
  default void findsUnknownEndpointsWithPendingDeliveries(StoreHarness harness) {
    EndpointId due = harness.samples.endpoint();
    EndpointId later = harness.samples.endpoint();
    EndpointId known = harness.samples.endpoint();
    List.of(due, due, known).forEach(harness::queued);
    harness.settled(later, delivery -> delivery.retryAt(harness.samples.now().plusSeconds(3600)));

    assertThat(orphans(harness, Set.of(known, harness.samples.endpoint())))
        .containsExactlyInAnyOrder(
            new OrphanedEndpoint(Samples.SITE, due), new OrphanedEndpoint(Samples.SITE, later));
    assertThat(orphans(harness, Set.of(due, later, known))).isEmpty();
  }

  @Test
  default void findsOrphansOfEverySite(StoreHarness harness) {
    Event event = harness.samples.event(Samples.OTHER_SITE, EventCatalog.QLM_EVENTS.get(0));
    Delivery delivery = harness.samples.delivery(event);
    harness.publish(event, delivery);

    assertThat(orphans(harness, Set.of()))
        .containsExactly(new OrphanedEndpoint(Samples.OTHER_SITE, delivery.endpoint()));
  }

  @Test
  default void ignoresOwnedAndFinalDeliveries(StoreHarness harness) {
    EndpointId sent = harness.samples.endpoint();
    harness.owned(sent);
    harness.settled(harness.samples.endpoint(), d -> d.delivered(harness.samples.now()));
    harness.settled(harness.samples.endpoint(), d -> d.cancelled(harness.samples.now()));

    assertThat(orphans(harness, Set.of())).isEmpty();

    harness.store().deliveries().retire(harness.owner());
    assertThat(orphans(harness, Set.of()))
        .containsExactly(new OrphanedEndpoint(Samples.SITE, sent));
  }

  @Test
  default void findsAnyNumberOfOrphans(StoreHarness harness) {
    Set<EndpointId> removed = new HashSet<>();
    EndpointId present = harness.samples.endpoint();
    for (int i = 0; i < 12; i++) {
      Event event = harness.samples.event();
      List<EndpointId> some = Stream.generate(harness.samples::endpoint).limit(100).toList();
      removed.addAll(some);
      harness.publish(
          event,
          Stream.concat(some.stream(), Stream.of(present))
              .map(endpoint -> harness.samples.delivery(event, endpoint))
              .toArray(Delivery[]::new));
    }

    List<OrphanedEndpoint> orphans = orphans(harness, Set.of(present));

    assertThat(orphans)
        .hasSize(removed.size())
        .extracting(OrphanedEndpoint::endpoint)
        .containsExactlyInAnyOrderElementsOf(removed);
    orphans.forEach(orphan -> abandon(harness, orphan));
    assertThat(orphans(harness, Set.of(present))).isEmpty();
    assertThat(harness.claimAll(present)).hasSize(12);
  }

  private static List<OrphanedEndpoint> orphans(StoreHarness harness, Set<EndpointId> known) {
    return harness.store().deliveries().orphanedEndpoints(known);
  }

  private static void abandon(StoreHarness harness, OrphanedEndpoint orphan) {
    harness.commit(
        Batch.of(
            new Command.Abandon(orphan.site(), orphan.endpoint(), harness.samples.now(), 500)));
  }
}
