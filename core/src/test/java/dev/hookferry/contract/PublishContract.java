package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How events are taken in. */
@Promise(by = DeliveryStore.class, value = "Writes a batch atomically")
public interface PublishContract extends StoreFixture {
  @Promise(
      by = AttemptLog.class,
      value = "A query sees every commit that returned before it began.")
  @Test
  default void storesAnEventWithItsDeliveries(Scene scene) {
    Event event = scene.samples.event();
    Delivery first = scene.samples.delivery(event);
    Delivery second = scene.samples.delivery(event);

    Receipt receipt = scene.publish(event, first, second);

    assertThat(receipt).isEqualTo(new Receipt(event.id(), 2, false));
    assertThat(scene.store().log().event(event.site(), event.id())).contains(event);
    assertThat(scene.shown(first)).isEqualTo(first);
    assertThat(scene.shown(second)).isEqualTo(second);
  }

  @Promise(
      by = AttemptLog.class,
      value = "A query sees every commit that returned before it began.")
  @Test
  default void storesAnEventThatNobodyWants(Scene scene) {
    Event event = scene.samples.event();

    assertThat(scene.publish(event)).isEqualTo(new Receipt(event.id(), 0, false));
    assertThat(scene.store().log().event(event.site(), event.id())).contains(event);
  }

  @Test
  default void keepsIdAndKeyAndFingerprintOfAnEvent(Scene scene) {
    Event withId = scene.samples.repeatable("order-17_A", null, "{\"n\":1}");
    Event withKey = scene.samples.repeatable(null, "!key~".repeat(51), "{\"n\":2}");
    Event withBoth = scene.samples.repeatable("x".repeat(128), "k", "{\"n\":3}");

    for (Event event : List.of(withId, withKey, withBoth)) {
      scene.publish(event);
      assertThat(scene.store().log().event(event.site(), event.id())).contains(event);
    }
  }

  @Test
  default void keepsPayloadsByteForByte(Scene scene) {
    Stream.of(
            "{}",
            "null",
            "\"\"",
            "{\"a\":1.10,\"b\":12345678901234567890,\"c\":1E+2,\"d\":-0.0}",
            "{\"z\":null,\"a\":null,\"z\":\"again\"}",
            "{\"LastName\":\"clé-Ω 漢字 😀\",\"rtl\":\"\u202eabc\",\"nul\":\"\\u0000\"}",
            "{\"lone\":\"\\ud800\",\"pair\":\"\\uD83D\\uDE00\",\"slash\":\"\\/\"}",
            "{ \"blanks\" :\t[ 1 ,\r\n 2 ]\n}\n",
            "'; drop table events; --\\")
        .map(Payload::of)
        .forEach(payload -> assertIsKept(scene, payload));
    assertIsKept(scene, Payload.empty());
    assertIsKept(scene, scene.samples.bytes(256));
    assertIsKept(scene, scene.samples.bytes(1024 * 1024));
  }

  private static void assertIsKept(Scene scene, Payload payload) {
    Event event = scene.samples.event(Samples.SITE, EventCatalog.QLM_EVENTS.get(0), payload);
    EndpointId endpoint = scene.samples.endpoint();
    scene.publish(event, scene.samples.delivery(event, endpoint));

    Event found = scene.store().log().event(event.site(), event.id()).orElseThrow();
    ClaimResult claimed =
        scene.store().deliveries().claim(scene.owner(), Scene.everything(endpoint));

    assertThat(found.payload().toBytes()).isEqualTo(payload.toBytes());
    assertThat(claimed.work().get(0).event().payload().toBytes()).isEqualTo(payload.toBytes());
    assertThat(claimed.work().get(0).event()).isEqualTo(event);
  }

  @Promise(
      by = CommitResult.class,
      value = "the result of each publication, in the order of the batch")
  @Test
  default void answersPublicationsInTheirOrder(Scene scene) {
    List<Event> events = Stream.generate(scene.samples::event).limit(6).toList();
    PublishEntry three =
        new PublishEntry(
            events.subList(1, 4).stream()
                .map(event -> new PublishEntry.Entry(event, List.of()))
                .toList());

    CommitResult committed =
        scene.commit(Batch.of(Scene.free(events.get(5)), three, Scene.free(events.get(0))));

    assertThat(committed.publications())
        .extracting(published -> ids((CommitResult.Stored) published))
        .containsExactly(
            List.of(events.get(5).id()),
            events.subList(1, 4).stream().map(Event::id).toList(),
            List.of(events.get(0).id()));
  }

  private static List<EventId> ids(CommitResult.Stored stored) {
    return stored.receipts().stream().map(Receipt::id).toList();
  }

  @Promise(by = DeliveryStore.class, value = "A pending one is owned by at most one Owner.")
  @Test
  default void givesTheOwnerWhatItKeepsForItself(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    Event event = scene.samples.event();
    Delivery kept = scene.samples.delivery(event, endpoint);
    Delivery left = scene.samples.delivery(event, endpoint);

    scene.publish(
        PublishEntry.of(
            event,
            List.of(new PublishEntry.Queued(kept, true), new PublishEntry.Queued(left, false))));

    assertThat(scene.claimAll(endpoint)).containsExactly(left);
  }

  @Test
  default void keepsSitesApart(Scene scene) {
    Event here = scene.samples.repeatable("same-id", "same-key", "{}");
    Event there =
        new Event(
            here.id(),
            Samples.OTHER_SITE,
            here.type(),
            here.occurredAt(),
            here.acceptedAt(),
            Payload.of("{\"other\":true}"),
            here.idempotence());
    Delivery delivery = scene.samples.delivery(there);

    assertThat(scene.publish(here).repeated()).isFalse();
    assertThat(scene.publish(there, delivery).repeated()).isFalse();

    assertThat(scene.store().log().event(Samples.SITE, here.id())).contains(here);
    assertThat(scene.store().log().event(Samples.OTHER_SITE, here.id())).contains(there);
    assertThat(scene.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    assertThat(scene.store().log().delivery(Samples.OTHER_SITE, delivery.id())).contains(delivery);
  }

  @Test
  default void doesNothingForAnEmptyBatch(Scene scene) {
    CommitResult committed = scene.commit(new Batch(List.of(), List.of(), List.of(), List.of()));

    assertThat(committed).isEqualTo(new CommitResult(List.of(), Set.of(), List.of()));
  }

  @Test
  default void takesManyEventsAtOnce(Scene scene) {
    EndpointId endpoint = scene.samples.endpoint();
    List<Event> events = Stream.generate(scene.samples::event).limit(1_000).toList();
    PublishEntry[] publications =
        events.stream()
            .map(event -> Scene.free(event, scene.samples.delivery(event, endpoint)))
            .toArray(PublishEntry[]::new);

    CommitResult committed = scene.commit(Batch.of(publications));

    assertThat(committed.publications()).hasSize(1_000);
    assertThat(scene.claimAll(endpoint))
        .extracting(Delivery::event)
        .containsExactlyInAnyOrderElementsOf(events.stream().map(Event::id).toList());
  }
}
