package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of events that were routed by an earlier configuration. */
@Promise(
    by = DeliveryStore.class,
    value =
        "A publication that would store an event is refused as CommitResult.Outdated if the"
            + " configuration has a later version than PublishEntry.config.")
public interface OutdatedContract extends StoreFixture {
  private static void change(Scene scene) {
    ConfigSamples samples = new ConfigSamples(scene.samples);
    ConfigChange change = new ConfigChange.PutEndpoint(samples.plainEndpoint(SiteId.DEFAULT));
    long version = scene.store().config().version();
    assertThat(scene.store().config().save(List.of(change), version)).contains(version + 1);
  }

  private static PublishEntry routed(long config, Event event, Delivery... deliveries) {
    return new PublishEntry(Scene.free(event, deliveries).entries(), config);
  }

  private static CommitResult.Stored stored(Event event, int deliveries, boolean repeated) {
    return new CommitResult.Stored(List.of(new Receipt(event.id(), deliveries, repeated)));
  }

  @Test
  default void storesWhatWasRoutedByThePresentConfiguration(Scene scene) {
    change(scene);
    Event event = scene.samples.event();

    assertThat(scene.publish(routed(1, event))).isEqualTo(stored(event, 0, false));
  }

  @Test
  default void refusesWhatWasRoutedByAnEarlierConfiguration(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Delivery owned = scene.owned(endpoint);
    change(scene);
    change(scene);
    Event outdated = scene.samples.event();
    Event named = scene.samples.repeatable("a", "k", "{}");
    Event present = scene.samples.event();
    AttemptResult done =
        new AttemptResult(
            owned.delivered(scene.samples.now()),
            scene.samples.attempt(owned, scene.samples.success()));

    CommitResult committed =
        scene.commit(
            new Batch(
                List.of(
                    routed(1, outdated, scene.samples.delivery(outdated, endpoint)),
                    routed(0, named),
                    routed(2, present, scene.samples.delivery(present, endpoint))),
                List.of(done),
                List.of(),
                List.of()));

    assertThat(committed.publications())
        .containsExactly(
            new CommitResult.Outdated(2), new CommitResult.Outdated(2), stored(present, 1, false));
    assertThat(committed.refused()).isEmpty();
    assertThat(scene.shown(owned)).isEqualTo(done.delivery());
    assertThat(scene.store().log().event(outdated.site(), outdated.id())).isEmpty();
    assertThat(scene.store().log().event(named.site(), named.id())).isEmpty();
    assertThat(scene.claimAll(endpoint)).extracting(Delivery::event).containsExactly(present.id());
    assertThat(scene.publish(routed(2, named))).isEqualTo(stored(named, 0, false));
  }

  @Test
  default void answersWhatIsStoredAlreadyWhateverHasChangedSince(Scene scene) {
    Event unnamed = scene.samples.event();
    Event named = scene.samples.repeatable("a", "k", "{}");
    Batch batch =
        Batch.of(
            routed(0, unnamed, scene.samples.delivery(unnamed)),
            routed(0, named, scene.samples.delivery(named)));
    CommitResult first = scene.commit(batch);
    change(scene);

    assertThat(scene.commit(batch)).as("the same try").isEqualTo(first);
    Event repeat = scene.samples.repeatable("a", "k", "{}");
    assertThat(scene.publish(routed(0, repeat))).isEqualTo(stored(named, 1, true));
    Event contradicting = scene.samples.repeatable("a", "k", "{\"n\":1}");
    assertThat(scene.publish(routed(0, contradicting)))
        .isEqualTo(new CommitResult.Conflicting(0, named.id()));
  }

  @Promise(
      by = PublishEntry.class,
      value = "The version of a publication that never becomes outdated.")
  @Test
  default void storesWhatDoesNotDependOnTheConfiguration(Scene scene) {
    change(scene);
    Event event = scene.samples.event();

    assertThat(scene.publish(Scene.free(event))).isEqualTo(stored(event, 0, false));
  }
}
