package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.CommitResult.Conflicting;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.PublishEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of idempotent publishing. */
@Promise(
    by = DeliveryStore.class,
    value =
        "An event whose id or idempotency key already exists in its site (in the "
            + "store or earlier in the batch) is a repeat")
public interface IdempotencyContract extends StoreFixture {
  @Promise(
      by = DeliveryStore.class,
      value = "it gets the first receipt and its deliveries are not stored")
  @Test
  default void aRepeatedIdReturnsTheFirstReceipt(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event first = harness.samples.repeatable("a", null, "{}");
    Event again = harness.samples.repeatable("a", null, "{}");
    Delivery once = harness.samples.delivery(first, endpoint);
    harness.publish(first, once);

    Receipt receipt =
        harness.publish(
            again,
            harness.samples.delivery(again, endpoint),
            harness.samples.delivery(again, endpoint));

    assertThat(receipt).isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(harness.claimAll(endpoint)).containsExactly(once);
    assertThat(harness.store().log().event(Samples.SITE, first.id())).contains(first);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "it gets the first receipt and its deliveries are not stored")
  @Test
  default void aRepeatedKeyReturnsTheFirstReceipt(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event first = harness.samples.repeatable(null, "key", "{}");
    Event again = harness.samples.repeatable(null, "key", "{}");
    Delivery once = harness.samples.delivery(first, endpoint);
    harness.publish(first, once);

    Receipt receipt = harness.publish(again, harness.samples.delivery(again, endpoint));

    assertThat(receipt).isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(harness.claimAll(endpoint)).containsExactly(once);
    assertThat(harness.store().log().event(Samples.SITE, again.id())).isEmpty();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "it gets the first receipt and its deliveries are not stored")
  @Test
  default void recognizesARepeatAfterItsDeliveriesEnded(StoreHarness harness) {
    Event first = harness.samples.repeatable("a", "k", "{}");
    Delivery delivery = harness.samples.delivery(first);
    harness.publish(PublishEntry.of(first, List.of(new PublishEntry.Queued(delivery, true))));
    harness.record(
        new AttemptResult(
            delivery.delivered(harness.samples.now()),
            harness.samples.attempt(delivery, harness.samples.success())));

    assertThat(harness.publish(harness.samples.repeatable("a", "k", "{}")))
        .isEqualTo(new Receipt(first.id(), 1, true));
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the whole publication is refused as CommitResult.Conflicting")
  @Test
  default void refusesAnIdOrKeyReusedForOtherContent(StoreHarness harness) {
    Event first = harness.samples.repeatable("a", "k", "{}");
    harness.publish(first);

    for (Event other :
        List.of(
            harness.samples.repeatable("a", null, "{\"x\":1}"),
            harness.samples.repeatable("b", "k", "{\"x\":1}"),
            harness.samples.repeatable("a", "k", "{\"x\":1}"))) {
      Delivery delivery = harness.samples.delivery(other);
      assertThat(harness.publish(StoreHarness.free(other, delivery)))
          .isEqualTo(new Conflicting(0, first.id()));
      assertThat(harness.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    }
    assertThat(harness.store().log().event(Samples.SITE, new EventId("b"))).isEmpty();
    assertThat(harness.store().log().event(Samples.SITE, first.id())).contains(first);
  }

  @Test
  default void comparesKeysExactly(StoreHarness harness) {
    Stream.of("key", "KEY", "key_", "key%", "keyx", "k'ey")
        .map(key -> harness.samples.repeatable(null, key, "{\"of\":\"" + key + "\"}"))
        .forEach(event -> assertThat(harness.publish(event).repeated()).isFalse());
  }

  @Test
  default void comparesIdsExactly(StoreHarness harness) {
    Stream.of("id", "ID", "Id", "id_", "id-", "idx")
        .map(id -> harness.samples.repeatable(id, null, "{\"of\":\"" + id + "\"}"))
        .forEach(event -> assertThat(harness.publish(event).repeated()).isFalse());
  }

  @Promise(
      by = DeliveryStore.class,
      value = "or if the earlier event has none, the whole publication is refused")
  @Test
  default void refusesTheIdOfAnEventWithoutFingerprint(StoreHarness harness) {
    Event made = harness.samples.event();
    harness.publish(made);

    Event claimed = harness.samples.repeatable(made.id().value(), null, made.payload().text());

    assertThat(harness.publish(StoreHarness.free(claimed)))
        .isEqualTo(new Conflicting(0, made.id()));
  }

  @Promise(
      by = DeliveryStore.class,
      value = "or if the earlier event has none, the whole publication is refused")
  @Test
  default void refusesADuplicateIdOfTheSameMillisecond(StoreHarness harness) {
    Event made = harness.samples.event();
    Event other = harness.samples.repeatable(made.id().value(), "k", "{\"other\":1}");
    Event claimed =
        new Event(
            made.id(),
            made.site(),
            other.type(),
            other.occurredAt(),
            made.acceptedAt(),
            other.payload(),
            other.idempotence());
    Delivery delivery = harness.samples.delivery(claimed, harness.samples.endpoint());
    harness.publish(made);

    assertThat(harness.publish(StoreHarness.free(claimed, delivery)))
        .isEqualTo(new Conflicting(0, made.id()));
    assertThat(harness.store().log().event(Samples.SITE, made.id())).contains(made);
  }

  @Test
  default void refusesTheIdOfOneEventWithTheKeyOfAnother(StoreHarness harness) {
    harness.publish(harness.samples.repeatable("a", "k", "{\"a\":1}"));
    harness.publish(harness.samples.repeatable("b", "l", "{\"b\":1}"));

    assertThat(
            harness.publish(StoreHarness.free(harness.samples.repeatable("a", "l", "{\"a\":1}"))))
        .isInstanceOf(Conflicting.class);
  }

  @Test
  default void recognizesARepeatWithinABatch(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event first = harness.samples.repeatable("a", null, "{}");
    Event again = harness.samples.repeatable("a", null, "{}");
    Event other = harness.samples.repeatable("a", null, "{\"x\":1}");
    Delivery once = harness.samples.delivery(first, endpoint);

    CommitResult committed =
        harness.commit(
            Batch.of(
                StoreHarness.free(first, once),
                StoreHarness.free(again, harness.samples.delivery(again, endpoint)),
                StoreHarness.free(other, harness.samples.delivery(other, endpoint))));

    assertThat(committed.publications())
        .containsExactly(
            new Stored(List.of(new Receipt(first.id(), 1, false))),
            new Stored(List.of(new Receipt(first.id(), 1, true))),
            new Conflicting(0, first.id()));
    assertThat(harness.claimAll(endpoint)).containsExactly(once);
  }

  @Test
  default void recognizesARepeatWithinAPublication(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event first = harness.samples.repeatable(null, "k", "{}");
    Event again = harness.samples.repeatable(null, "k", "{}");
    Delivery once = harness.samples.delivery(first, endpoint);

    assertThat(
            harness.publish(
                joined(
                    StoreHarness.free(first, once),
                    StoreHarness.free(again, harness.samples.delivery(again, endpoint)))))
        .isEqualTo(
            new Stored(
                List.of(new Receipt(first.id(), 1, false), new Receipt(first.id(), 1, true))));
    assertThat(harness.claimAll(endpoint)).containsExactly(once);
  }

  @Promise(by = CommitResult.class, value = "Other publications of the batch are not affected.")
  @Test
  default void refusesAWholePublicationAndNoOther(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event taken = harness.samples.repeatable("taken", null, "{}");
    Event good = harness.samples.repeatable("good", "k", "{}");
    Event bad = harness.samples.repeatable("taken", null, "{\"x\":1}");
    Event later = harness.samples.repeatable("good", "k", "{\"later\":1}");
    Delivery before = harness.samples.delivery(taken, endpoint);
    Delivery after = harness.samples.delivery(later, endpoint);

    CommitResult committed =
        harness.commit(
            Batch.of(
                StoreHarness.free(taken, before),
                joined(
                    StoreHarness.free(good, harness.samples.delivery(good, endpoint)),
                    StoreHarness.free(bad)),
                StoreHarness.free(later, after)));

    assertThat(committed.publications())
        .containsExactly(
            new Stored(List.of(new Receipt(taken.id(), 1, false))),
            new Conflicting(1, taken.id()),
            new Stored(List.of(new Receipt(later.id(), 1, false))));
    assertThat(harness.claimAll(endpoint)).containsExactlyInAnyOrder(before, after);
    assertThat(harness.store().log().event(Samples.SITE, good.id())).contains(later);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the whole publication is refused as CommitResult.Conflicting")
  @Test
  default void refusesASelfContradictoryPublication(StoreHarness harness) {
    Event one = harness.samples.repeatable("a", null, "{}");
    Event two = harness.samples.repeatable("a", null, "{\"x\":1}");

    assertThat(harness.publish(joined(StoreHarness.free(one), StoreHarness.free(two))))
        .isEqualTo(new Conflicting(1, one.id()));
    assertThat(harness.store().log().event(Samples.SITE, one.id())).isEmpty();
  }

  private static PublishEntry joined(PublishEntry... parts) {
    return new PublishEntry(Stream.of(parts).flatMap(p -> p.entries().stream()).toList());
  }

  private static Batch withAndWithoutKey(StoreHarness harness, EndpointId endpoint) {
    Event plain = harness.samples.event();
    Event named = harness.samples.repeatable("a", "k", "{}");
    return Batch.of(
        StoreHarness.free(plain, harness.samples.delivery(plain, endpoint)),
        StoreHarness.free(named, harness.samples.delivery(named, endpoint)));
  }

  @Promise(
      by = DeliveryStore.class,
      value = "An event that was stored by an earlier try of the same batch")
  @Test
  default void recognizesAnEarlierAttemptAtTheSameBatch(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Batch batch = withAndWithoutKey(harness, endpoint);
    CommitResult first = harness.commit(batch);

    assertThat(harness.commit(batch)).isEqualTo(first);
    assertThat(harness.claimAll(endpoint)).hasSize(2).doesNotHaveDuplicates();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "An event that was stored by an earlier try of the same batch")
  @Test
  default void recognizesAnEarlierAttemptWhoseDeliveriesHaveEnded(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Batch batch = withAndWithoutKey(harness, endpoint);
    final CommitResult first = harness.commit(batch);
    for (Delivery sent : harness.claimAll(endpoint)) {
      harness.record(new AttemptResult(sent.cancelled(harness.samples.now()), null));
    }

    assertThat(harness.commit(batch)).isEqualTo(first);
    assertThat(harness.claimAll(endpoint)).isEmpty();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "An event that was stored by an earlier try of the same batch")
  @Test
  default void doesNotMistakeASimultaneousPublishForARetriedBatch(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event event = harness.samples.repeatable("a", null, "{}");
    Delivery once = harness.samples.delivery(event, endpoint);
    harness.publish(event, once);

    assertThat(harness.publish(event, harness.samples.delivery(event, endpoint)))
        .isEqualTo(new Receipt(event.id(), 1, true));
    assertThat(harness.claimAll(endpoint)).containsExactly(once);
  }

  /** An event without deliveries has nothing but its content to be told apart by. */
  @Test
  default void refusesOtherContentOfTheSameInstantEvenWithoutDeliveries(StoreHarness harness) {
    Event byId = harness.samples.repeatable("a", null, "{}");
    Event byKey = harness.samples.repeatable(null, "k", "{}");
    harness.publish(byId);
    harness.publish(byKey);

    assertThat(harness.publish(StoreHarness.free(Samples.withOtherContent(byId))))
        .isEqualTo(new Conflicting(0, byId.id()));
    assertThat(harness.publish(StoreHarness.free(Samples.withOtherContent(byKey))))
        .isEqualTo(new Conflicting(0, byKey.id()));
    assertThat(harness.publish(byId).id()).isEqualTo(byId.id());
    assertThat(harness.store().log().event(Samples.SITE, byId.id())).contains(byId);
  }

  @Test
  default void refusesOtherContentOfTheSameInstantWithinABatch(StoreHarness harness) {
    Event byId = harness.samples.repeatable("a", null, "{}");
    Event byKey = harness.samples.repeatable(null, "k", "{}");

    CommitResult committed =
        harness.commit(
            Batch.of(
                StoreHarness.free(byId),
                StoreHarness.free(Samples.withOtherContent(byId)),
                StoreHarness.free(byKey),
                StoreHarness.free(Samples.withOtherContent(byKey))));

    assertThat(committed.publications())
        .containsExactly(
            new Stored(List.of(new Receipt(byId.id(), 0, false))),
            new Conflicting(0, byId.id()),
            new Stored(List.of(new Receipt(byKey.id(), 0, false))),
            new Conflicting(0, byKey.id()));
    assertThat(harness.store().log().event(Samples.SITE, byId.id())).contains(byId);
    assertThat(harness.store().log().event(Samples.SITE, byKey.id())).contains(byKey);
  }
}
