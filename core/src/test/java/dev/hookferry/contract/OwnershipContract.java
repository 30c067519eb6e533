package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How owners come and go. */
@Promise(by = DeliveryStore.class, value = "An owner is alive from register until retire")
public interface OwnershipContract extends StoreFixture {
  @Promise(
      by = StoreInfo.class,
      value = "kind and version, such as PostgreSQL 18.1; no credentials")
  @Test
  default void saysWhatItIs(Scene scene) {
    assertThat(scene.store().info().kind()).isNotBlank();
  }

  @Promise(by = DeliveryStore.class, value = "Registers a new owner, which is alive from now on.")
  @Test
  default void makesEveryRegistrationAnOwnerOfItsOwn(Scene scene) {
    Set<Owner> owners = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      assertThat(owners.add(scene.register())).isTrue();
    }
  }

  @Test
  default void seesThatAnOwnerIsAlive(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    scene.owned(endpoint);

    Heartbeat first = scene.store().deliveries().heartbeat(scene.owner());
    Heartbeat second = scene.store().deliveries().heartbeat(scene.owner());

    assertThat(first.alive()).isTrue();
    assertThat(first.recovered()).isZero();
    assertThat(second.alive()).isTrue();
    assertThat(second.storeTime()).isAfterOrEqualTo(first.storeTime());
    assertThat(scene.claimAll(endpoint)).isEmpty();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "Releases everything that the owner still owns, and ends the owner. " + "Idempotent.")
  @Test
  default void setsFreeWhatARetiredOwnerHad(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery published = scene.owned(endpoint);
    Delivery claimed = scene.queued(endpoint);
    scene.claimAll(endpoint);
    Owner heir = scene.register();

    scene.store().deliveries().retire(scene.owner());
    scene.store().deliveries().retire(scene.owner());

    assertThat(scene.claimAll(heir, endpoint)).containsExactlyInAnyOrder(published, claimed);
    assertThat(scene.store().deliveries().heartbeat(scene.owner()).alive()).isFalse();
    assertThat(scene.store().deliveries().heartbeat(heir).alive()).isTrue();
  }

  @Promise(by = DeliveryStore.class, value = "A dead owner gets none.")
  @Test
  default void letsARetiredOwnerOwnNothing(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery before = scene.owned(endpoint);
    Owner heir = scene.register();
    scene.store().deliveries().retire(scene.owner());

    assertThat(scene.claimAll(endpoint)).isEmpty();
    AttemptResult late =
        new AttemptResult(
            before.delivered(scene.samples.now()),
            scene.samples.attempt(before, scene.samples.success()));
    assertThat(scene.commit(Batch.of(late)).refused()).containsExactly(before.id());
    assertThat(scene.shown(before)).isEqualTo(before);
    assertThat(scene.claimAll(heir, endpoint)).containsExactly(before);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "A dead owner can still publish, because events must not be lost, but owns "
              + "nothing: its deliveries are free immediately.")
  @Test
  default void losesNoEventOfAnOwnerThatIsNotAlive(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Owner heir = scene.register();
    scene.store().deliveries().retire(scene.owner());
    Event event = scene.samples.event();
    Delivery delivery = scene.samples.delivery(event, endpoint);

    scene.publish(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true))));

    assertThat(scene.claimAll(heir, endpoint)).containsExactly(delivery);
  }

  @Promise(
      by = DeliveryStore.class,
      value =
          "Returns the number of pending deliveries; may be a few seconds old if "
              + "counting is expensive.")
  @Test
  default void countsWhatWaits(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    assertThat(scene.store().deliveries().backlog()).isEqualTo(new Backlog(0, null));

    Delivery oldest = scene.owned(endpoint);
    scene.queued(endpoint);
    scene.queued(scene.samples.endpoint());
    scene.settled(endpoint, delivery -> delivery.delivered(scene.samples.now()));

    // A store may count now and then only.
    Poll.until(() -> scene.store().deliveries().backlog().equals(new Backlog(3, oldest.dueAt())));
  }
}
