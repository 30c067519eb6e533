package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Promise;
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

/** The contract of events that were routed by an outdated configuration. */
@Promise(
    by = DeliveryStore.class,
    value =
        "A publication that would store an event is refused as CommitResult.Outdated if the"
            + " configuration has a later version than PublishEntry.config.")
public interface OutdatedRoutingContract extends StoreFixture {
  private static void change(StoreHarness harness) {
    ConfigSamples samples = new ConfigSamples(harness.samples);
    ConfigChange change = new ConfigChange.PutEndpoint(samples.plainEndpoint(SiteId.DEFAULT));
    long version = harness.store().config().version();
    assertThat(harness.store().config().save(List.of(change), version)).contains(version + 1);
  }

  private static PublishEntry routed(long config, Event event, Delivery... deliveries) {
    return new PublishEntry(StoreHarness.free(event, deliveries).entries(), config);
  }

  private static CommitResult.Stored stored(Event event, int deliveries, boolean repeated) {
    return new CommitResult.Stored(List.of(new Receipt(event.id(), deliveries, repeated)));
  }

  @Test
  default void storesEventsRoutedByTheCurrentConfiguration(StoreHarness harness) {
    change(harness);
    Event event = harness.samples.event();

    assertThat(harness.publish(routed(1, event))).isEqualTo(stored(event, 0, false));
  }

  @Test
  default void refusesEventsRoutedByAnEarlierConfiguration(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Delivery owned = harness.owned(endpoint);
    change(harness);
    change(harness);
    Event outdated = harness.samples.event();
    Event named = harness.samples.repeatable("a", "k", "{}");
    Event present = harness.samples.event();
    AttemptResult done =
        new AttemptResult(
            owned.delivered(harness.samples.now()),
            harness.samples.attempt(owned, harness.samples.success()));

    CommitResult committed =
        harness.commit(
            new Batch(
                List.of(
                    routed(1, outdated, harness.samples.delivery(outdated, endpoint)),
                    routed(0, named),
                    routed(2, present, harness.samples.delivery(present, endpoint))),
                List.of(done),
                List.of(),
                List.of()));

    assertThat(committed.publications())
        .containsExactly(
            new CommitResult.Outdated(2), new CommitResult.Outdated(2), stored(present, 1, false));
    assertThat(committed.refused()).isEmpty();
    assertThat(harness.shown(owned)).isEqualTo(done.delivery());
    assertThat(harness.store().log().event(outdated.site(), outdated.id())).isEmpty();
    assertThat(harness.store().log().event(named.site(), named.id())).isEmpty();
    assertThat(harness.claimAll(endpoint))
        .extracting(Delivery::event)
        .containsExactly(present.id());
    assertThat(harness.publish(routed(2, named))).isEqualTo(stored(named, 0, false));
  }

  @Test
  default void repliesToRepeatsWhateverTheConfiguration(StoreHarness harness) {
    Event unnamed = harness.samples.event();
    Event named = harness.samples.repeatable("a", "k", "{}");
    Batch batch =
        Batch.of(
            routed(0, unnamed, harness.samples.delivery(unnamed)),
            routed(0, named, harness.samples.delivery(named)));
    CommitResult first = harness.commit(batch);
    change(harness);

    assertThat(harness.commit(batch)).as("the same try").isEqualTo(first);
    Event repeat = harness.samples.repeatable("a", "k", "{}");
    assertThat(harness.publish(routed(0, repeat))).isEqualTo(stored(named, 1, true));
    Event contradicting = harness.samples.repeatable("a", "k", "{\"n\":1}");
    assertThat(harness.publish(routed(0, contradicting)))
        .isEqualTo(new CommitResult.Conflicting(0, named.id()));
  }

  @Promise(
      by = PublishEntry.class,
      value = "The version of a publication that never becomes outdated.")
  @Test
  default void storesEventsThatDoNotDependOnTheConfiguration(StoreHarness harness) {
    change(harness);
    Event event = harness.samples.event();

    assertThat(harness.publish(StoreHarness.free(event))).isEqualTo(stored(event, 0, false));
  }
}
