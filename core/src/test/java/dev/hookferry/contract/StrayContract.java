package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

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

/** How deliveries are found that nobody looks after, because their endpoint is no more. */
@Promise(
    by = DeliveryStore.class,
    value =
        "Finds endpoints, other than the known ones, with unowned pending deliveries, "
            + "due or not.")
public interface StrayContract extends StoreFixture {
  @Test
  default void findsTheEndpointsThatDeliveriesWaitFor(Scene scene) {
    EndpointId due = scene.samples.endpoint();
    EndpointId later = scene.samples.endpoint();
    EndpointId known = scene.samples.endpoint();
    List.of(due, due, known).forEach(scene::queued);
    scene.settled(later, delivery -> delivery.retryAt(scene.samples.now().plusSeconds(3600)));

    assertThat(strays(scene, Set.of(known, scene.samples.endpoint())))
        .containsExactlyInAnyOrder(
            new OrphanedEndpoint(Samples.SITE, due), new OrphanedEndpoint(Samples.SITE, later));
    assertThat(strays(scene, Set.of(due, later, known))).isEmpty();
  }

  @Test
  default void findsThoseOfEverySite(Scene scene) {
    Event event = scene.samples.event(Samples.OTHER_SITE, EventCatalog.QLM_EVENTS.get(0));
    Delivery delivery = scene.samples.delivery(event);
    scene.publish(event, delivery);

    assertThat(strays(scene, Set.of()))
        .containsExactly(new OrphanedEndpoint(Samples.OTHER_SITE, delivery.endpoint()));
  }

  @Test
  default void leavesOutWhatIsOwnedOrFinal(Scene scene) {
    EndpointId sent = scene.samples.endpoint();
    scene.owned(sent);
    scene.settled(scene.samples.endpoint(), d -> d.delivered(scene.samples.now()));
    scene.settled(scene.samples.endpoint(), d -> d.cancelled(scene.samples.now()));

    assertThat(strays(scene, Set.of())).isEmpty();

    scene.store().deliveries().retire(scene.owner());
    assertThat(strays(scene, Set.of())).containsExactly(new OrphanedEndpoint(Samples.SITE, sent));
  }

  @Test
  default void findsThemWhateverTheirNumber(Scene scene) {
    Set<EndpointId> removed = new HashSet<>();
    EndpointId present = scene.samples.endpoint();
    for (int i = 0; i < 12; i++) {
      Event event = scene.samples.event();
      List<EndpointId> some = Stream.generate(scene.samples::endpoint).limit(100).toList();
      removed.addAll(some);
      scene.publish(
          event,
          Stream.concat(some.stream(), Stream.of(present))
              .map(endpoint -> scene.samples.delivery(event, endpoint))
              .toArray(Delivery[]::new));
    }

    List<OrphanedEndpoint> strays = strays(scene, Set.of(present));

    assertThat(strays)
        .hasSize(removed.size())
        .extracting(OrphanedEndpoint::endpoint)
        .containsExactlyInAnyOrderElementsOf(removed);
    strays.forEach(stray -> abandon(scene, stray));
    assertThat(strays(scene, Set.of(present))).isEmpty();
    assertThat(scene.claimAll(present)).hasSize(12);
  }

  private static List<OrphanedEndpoint> strays(Scene scene, Set<EndpointId> known) {
    return scene.store().deliveries().orphanedEndpoints(known);
  }

  private static void abandon(Scene scene, OrphanedEndpoint stray) {
    scene.commit(
        Batch.of(new Command.Abandon(stray.site(), stray.endpoint(), scene.samples.now(), 500)));
  }
}
