package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
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

/** How repeated publishes are known. */
@Promise(
    by = DeliveryStore.class,
    value =
        "An event whose id or idempotency key already exists in its site (in the "
            + "store or earlier in the batch) is a repeat")
public interface RepeatContract extends StoreFixture {
  @Promise(
      by = DeliveryStore.class,
      value = "it gets the first receipt and its deliveries are not stored")
  @Test
  default void answersARepeatedIdWithTheFirstReceipt(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event first = scene.samples.repeatable("a", null, "{}");
    Event again = scene.samples.repeatable("a", null, "{}");
    Delivery once = scene.samples.delivery(first, endpoint);
    scene.publish(first, once);

    Receipt receipt =
        scene.publish(
            again,
            scene.samples.delivery(again, endpoint),
            scene.samples.delivery(again, endpoint));

    assertThat(receipt).isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(scene.claimAll(endpoint)).containsExactly(once);
    assertThat(scene.store().log().event(Samples.SITE, first.id())).contains(first);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "it gets the first receipt and its deliveries are not stored")
  @Test
  default void answersARepeatedKeyWithTheFirstReceipt(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event first = scene.samples.repeatable(null, "key", "{}");
    Event again = scene.samples.repeatable(null, "key", "{}");
    Delivery once = scene.samples.delivery(first, endpoint);
    scene.publish(first, once);

    Receipt receipt = scene.publish(again, scene.samples.delivery(again, endpoint));

    assertThat(receipt).isEqualTo(new Receipt(first.id(), 1, true));
    assertThat(scene.claimAll(endpoint)).containsExactly(once);
    assertThat(scene.store().log().event(Samples.SITE, again.id())).isEmpty();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "it gets the first receipt and its deliveries are not stored")
  @Test
  default void answersARepeatAfterItsDeliveriesEnded(Scene scene) {
    Event first = scene.samples.repeatable("a", "k", "{}");
    Delivery delivery = scene.samples.delivery(first);
    scene.publish(PublishEntry.of(first, List.of(new PublishEntry.Queued(delivery, true))));
    scene.record(
        new AttemptResult(
            delivery.delivered(scene.samples.now()),
            scene.samples.attempt(delivery, scene.samples.success())));

    assertThat(scene.publish(scene.samples.repeatable("a", "k", "{}")))
        .isEqualTo(new Receipt(first.id(), 1, true));
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the whole publication is refused as CommitResult.Conflicting")
  @Test
  default void refusesAnIdOrKeyWithOtherContent(Scene scene) {
    Event first = scene.samples.repeatable("a", "k", "{}");
    scene.publish(first);

    for (Event other :
        List.of(
            scene.samples.repeatable("a", null, "{\"x\":1}"),
            scene.samples.repeatable("b", "k", "{\"x\":1}"),
            scene.samples.repeatable("a", "k", "{\"x\":1}"))) {
      Delivery delivery = scene.samples.delivery(other);
      assertThat(scene.publish(Scene.free(other, delivery)))
          .isEqualTo(new Conflicting(0, first.id()));
      assertThat(scene.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    }
    assertThat(scene.store().log().event(Samples.SITE, new EventId("b"))).isEmpty();
    assertThat(scene.store().log().event(Samples.SITE, first.id())).contains(first);
  }

  @Test
  default void comparesKeysExactly(Scene scene) {
    Stream.of("key", "KEY", "key_", "key%", "keyx", "k'ey")
        .map(key -> scene.samples.repeatable(null, key, "{\"of\":\"" + key + "\"}"))
        .forEach(event -> assertThat(scene.publish(event).repeated()).isFalse());
  }

  @Test
  default void comparesIdsExactly(Scene scene) {
    Stream.of("id", "ID", "Id", "id_", "id-", "idx")
        .map(id -> scene.samples.repeatable(id, null, "{\"of\":\"" + id + "\"}"))
        .forEach(event -> assertThat(scene.publish(event).repeated()).isFalse());
  }

  @Promise(
      by = DeliveryStore.class,
      value = "or if the earlier event has none, the whole publication is refused")
  @Test
  default void refusesTheIdOfAnEventThatHasNoFingerprint(Scene scene) {
    Event made = scene.samples.event();
    scene.publish(made);

    Event claimed = scene.samples.repeatable(made.id().value(), null, made.payload().text());

    assertThat(scene.publish(Scene.free(claimed))).isEqualTo(new Conflicting(0, made.id()));
  }

  @Promise(
      by = DeliveryStore.class,
      value = "or if the earlier event has none, the whole publication is refused")
  @Test
  default void refusesTheIdOfAnEventThatWasMadeInTheSameMillisecond(Scene scene) {
    Event made = scene.samples.event();
    Event other = scene.samples.repeatable(made.id().value(), "k", "{\"other\":1}");
    Event claimed =
        new Event(
            made.id(),
            made.site(),
            other.type(),
            other.occurredAt(),
            made.acceptedAt(),
            other.payload(),
            other.idempotence());
    Delivery delivery = scene.samples.delivery(claimed, scene.samples.endpoint());
    scene.publish(made);

    assertThat(scene.publish(Scene.free(claimed, delivery)))
        .isEqualTo(new Conflicting(0, made.id()));
    assertThat(scene.store().log().event(Samples.SITE, made.id())).contains(made);
  }

  @Test
  default void refusesAnIdOfOneEventWithTheKeyOfAnother(Scene scene) {
    scene.publish(scene.samples.repeatable("a", "k", "{\"a\":1}"));
    scene.publish(scene.samples.repeatable("b", "l", "{\"b\":1}"));

    assertThat(scene.publish(Scene.free(scene.samples.repeatable("a", "l", "{\"a\":1}"))))
        .isInstanceOf(Conflicting.class);
  }

  @Test
  default void knowsARepeatWithinOneBatch(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event first = scene.samples.repeatable("a", null, "{}");
    Event again = scene.samples.repeatable("a", null, "{}");
    Event other = scene.samples.repeatable("a", null, "{\"x\":1}");
    Delivery once = scene.samples.delivery(first, endpoint);

    CommitResult committed =
        scene.commit(
            Batch.of(
                Scene.free(first, once),
                Scene.free(again, scene.samples.delivery(again, endpoint)),
                Scene.free(other, scene.samples.delivery(other, endpoint))));

    assertThat(committed.publications())
        .containsExactly(
            new Stored(List.of(new Receipt(first.id(), 1, false))),
            new Stored(List.of(new Receipt(first.id(), 1, true))),
            new Conflicting(0, first.id()));
    assertThat(scene.claimAll(endpoint)).containsExactly(once);
  }

  @Test
  default void knowsARepeatWithinOnePublication(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event first = scene.samples.repeatable(null, "k", "{}");
    Event again = scene.samples.repeatable(null, "k", "{}");
    Delivery once = scene.samples.delivery(first, endpoint);

    assertThat(
            scene.publish(
                joined(
                    Scene.free(first, once),
                    Scene.free(again, scene.samples.delivery(again, endpoint)))))
        .isEqualTo(
            new Stored(
                List.of(new Receipt(first.id(), 1, false), new Receipt(first.id(), 1, true))));
    assertThat(scene.claimAll(endpoint)).containsExactly(once);
  }

  @Promise(by = CommitResult.class, value = "Other publications of the batch are not affected.")
  @Test
  default void refusesAPublicationAsAWholeAndItAlone(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event taken = scene.samples.repeatable("taken", null, "{}");
    Event good = scene.samples.repeatable("good", "k", "{}");
    Event bad = scene.samples.repeatable("taken", null, "{\"x\":1}");
    Event later = scene.samples.repeatable("good", "k", "{\"later\":1}");
    Delivery before = scene.samples.delivery(taken, endpoint);
    Delivery after = scene.samples.delivery(later, endpoint);

    CommitResult committed =
        scene.commit(
            Batch.of(
                Scene.free(taken, before),
                joined(Scene.free(good, scene.samples.delivery(good, endpoint)), Scene.free(bad)),
                Scene.free(later, after)));

    assertThat(committed.publications())
        .containsExactly(
            new Stored(List.of(new Receipt(taken.id(), 1, false))),
            new Conflicting(1, taken.id()),
            new Stored(List.of(new Receipt(later.id(), 1, false))));
    assertThat(scene.claimAll(endpoint)).containsExactlyInAnyOrder(before, after);
    assertThat(scene.store().log().event(Samples.SITE, good.id())).contains(later);
  }

  @Promise(
      by = DeliveryStore.class,
      value = "the whole publication is refused as CommitResult.Conflicting")
  @Test
  default void refusesAPublicationThatContradictsItself(Scene scene) {
    Event one = scene.samples.repeatable("a", null, "{}");
    Event two = scene.samples.repeatable("a", null, "{\"x\":1}");

    assertThat(scene.publish(joined(Scene.free(one), Scene.free(two))))
        .isEqualTo(new Conflicting(1, one.id()));
    assertThat(scene.store().log().event(Samples.SITE, one.id())).isEmpty();
  }

  private static PublishEntry joined(PublishEntry... parts) {
    return new PublishEntry(Stream.of(parts).flatMap(p -> p.entries().stream()).toList());
  }

  @Promise(
      by = DeliveryStore.class,
      value = "An event that was stored by an earlier try of the same batch")
  @Test
  default void countsWhatAnEarlierTryOfTheSameBatchHasStored(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event plain = scene.samples.event();
    Event named = scene.samples.repeatable("a", "k", "{}");
    Batch batch =
        Batch.of(
            Scene.free(plain, scene.samples.delivery(plain, endpoint)),
            Scene.free(named, scene.samples.delivery(named, endpoint)));
    CommitResult first = scene.commit(batch);

    assertThat(scene.commit(batch)).isEqualTo(first);
    assertThat(scene.claimAll(endpoint)).hasSize(2).doesNotHaveDuplicates();
  }

  @Promise(
      by = DeliveryStore.class,
      value = "An event that was stored by an earlier try of the same batch")
  @Test
  default void takesNoOtherPublishOfTheSameMomentForAnEarlierTry(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event event = scene.samples.repeatable("a", null, "{}");
    Delivery once = scene.samples.delivery(event, endpoint);
    scene.publish(event, once);

    assertThat(scene.publish(event, scene.samples.delivery(event, endpoint)))
        .isEqualTo(new Receipt(event.id(), 1, true));
    assertThat(scene.claimAll(endpoint)).containsExactly(once);
  }

  /** An event without deliveries has nothing but its content to be told apart by. */
  @Test
  default void refusesOtherContentOfTheSameMomentThoughNobodyWantsTheEvent(Scene scene) {
    Event byId = scene.samples.repeatable("a", null, "{}");
    Event byKey = scene.samples.repeatable(null, "k", "{}");
    scene.publish(byId);
    scene.publish(byKey);

    assertThat(scene.publish(Scene.free(changed(byId)))).isEqualTo(new Conflicting(0, byId.id()));
    assertThat(scene.publish(Scene.free(changed(byKey)))).isEqualTo(new Conflicting(0, byKey.id()));
    assertThat(scene.publish(byId).id()).isEqualTo(byId.id());
    assertThat(scene.store().log().event(Samples.SITE, byId.id())).contains(byId);
  }

  @Test
  default void refusesOtherContentOfTheSameMomentWithinOneBatch(Scene scene) {
    Event byId = scene.samples.repeatable("a", null, "{}");
    Event byKey = scene.samples.repeatable(null, "k", "{}");

    CommitResult committed =
        scene.commit(
            Batch.of(
                Scene.free(byId),
                Scene.free(changed(byId)),
                Scene.free(byKey),
                Scene.free(changed(byKey))));

    assertThat(committed.publications())
        .containsExactly(
            new Stored(List.of(new Receipt(byId.id(), 0, false))),
            new Conflicting(0, byId.id()),
            new Stored(List.of(new Receipt(byKey.id(), 0, false))),
            new Conflicting(0, byKey.id()));
    assertThat(scene.store().log().event(Samples.SITE, byId.id())).contains(byId);
    assertThat(scene.store().log().event(Samples.SITE, byKey.id())).contains(byKey);
  }

  /** The same id, key and time, but other content. */
  private static Event changed(Event event) {
    Payload payload = Payload.of("{\"changed\":true}");
    String key = event.idempotence().key();
    return new Event(
        event.id(),
        event.site(),
        event.type(),
        event.occurredAt(),
        event.acceptedAt(),
        payload,
        new Idempotence(key, Fingerprint.of(event.type(), null, payload)));
  }
}
