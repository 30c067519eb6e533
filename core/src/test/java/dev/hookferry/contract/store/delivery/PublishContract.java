package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of publishing. */
@Promise(by = DeliveryStore.class, value = "Writes a batch atomically")
public interface PublishContract extends StoreFixture {
  @Promise(
      by = AttemptLog.class,
      value = "A query sees every commit that returned before it began.")
  @Test
  default void storesAnEventWithItsDeliveries(StoreHarness harness) {
    Event event = harness.samples.event();
    Delivery first = harness.samples.delivery(event);
    Delivery second = harness.samples.delivery(event);

    Receipt receipt = harness.publish(event, first, second);

    assertThat(receipt).isEqualTo(new Receipt(event.id(), 2, false));
    assertThat(harness.store().log().event(event.site(), event.id())).contains(event);
    assertThat(harness.shown(first)).isEqualTo(first);
    assertThat(harness.shown(second)).isEqualTo(second);
  }

  @Promise(
      by = AttemptLog.class,
      value = "A query sees every commit that returned before it began.")
  @Test
  default void storesAnEventWithoutDeliveries(StoreHarness harness) {
    Event event = harness.samples.event();

    assertThat(harness.publish(event)).isEqualTo(new Receipt(event.id(), 0, false));
    assertThat(harness.store().log().event(event.site(), event.id())).contains(event);
  }

  @Test
  default void keepsIdKeyAndFingerprintOfAnEvent(StoreHarness harness) {
    Event withId = harness.samples.repeatable("order-17_A", null, "{\"n\":1}");
    Event withKey = harness.samples.repeatable(null, "!key~".repeat(51), "{\"n\":2}");
    Event withBoth = harness.samples.repeatable("x".repeat(128), "k", "{\"n\":3}");

    for (Event event : List.of(withId, withKey, withBoth)) {
      harness.publish(event);
      assertThat(harness.store().log().event(event.site(), event.id())).contains(event);
    }
  }

  @Test
  default void keepsPayloadsByteForByte(StoreHarness harness) {
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
        .forEach(payload -> assertIsKept(harness, payload));
    assertIsKept(harness, Payload.empty());
    assertIsKept(harness, harness.samples.bytes(256));
    assertIsKept(harness, harness.samples.bytes(1024 * 1024));
  }

  private static void assertIsKept(StoreHarness harness, Payload payload) {
    Event event = harness.samples.event(Samples.SITE, EventCatalog.QLM_EVENTS.get(0), payload);
    EndpointId endpoint = harness.samples.endpoint();
    harness.publish(event, harness.samples.delivery(event, endpoint));

    Event found = harness.store().log().event(event.site(), event.id()).orElseThrow();
    ClaimResult claimed =
        harness.store().deliveries().claim(harness.owner(), StoreHarness.everything(endpoint));

    assertThat(found.payload().toBytes()).isEqualTo(payload.toBytes());
    assertThat(claimed.work().get(0).event().payload().toBytes()).isEqualTo(payload.toBytes());
    assertThat(claimed.work().get(0).event()).isEqualTo(event);
  }

  @Promise(
      by = CommitResult.class,
      value = "the result of each publication, in the order of the batch")
  @Test
  default void repliesToPublicationsInOrder(StoreHarness harness) {
    List<Event> events = Stream.generate(harness.samples::event).limit(6).toList();
    PublishEntry three =
        new PublishEntry(
            events.subList(1, 4).stream()
                .map(event -> new PublishEntry.Entry(event, List.of()))
                .toList());

    CommitResult committed =
        harness.commit(
            Batch.of(StoreHarness.free(events.get(5)), three, StoreHarness.free(events.get(0))));

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
  default void ownerKeepsDeliveriesPublishedForItself(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    Event event = harness.samples.event();
    Delivery kept = harness.samples.delivery(event, endpoint);
    Delivery left = harness.samples.delivery(event, endpoint);

    harness.publish(
        PublishEntry.of(
            event,
            List.of(new PublishEntry.Queued(kept, true), new PublishEntry.Queued(left, false))));

    assertThat(harness.claimAll(endpoint)).containsExactly(left);
  }

  @Test
  default void keepsSitesApart(StoreHarness harness) {
    Event here = harness.samples.repeatable("same-id", "same-key", "{}");
    Event there =
        new Event(
            here.id(),
            Samples.OTHER_SITE,
            here.type(),
            here.occurredAt(),
            here.acceptedAt(),
            Payload.of("{\"other\":true}"),
            here.idempotence());
    Delivery delivery = harness.samples.delivery(there);

    assertThat(harness.publish(here).repeated()).isFalse();
    assertThat(harness.publish(there, delivery).repeated()).isFalse();

    assertThat(harness.store().log().event(Samples.SITE, here.id())).contains(here);
    assertThat(harness.store().log().event(Samples.OTHER_SITE, here.id())).contains(there);
    assertThat(harness.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.OTHER_SITE, delivery.id()))
        .contains(delivery);
  }

  @Test
  default void anEmptyBatchDoesNothing(StoreHarness harness) {
    CommitResult committed = harness.commit(new Batch(List.of(), List.of(), List.of(), List.of()));

    assertThat(committed.publications()).isEmpty();
    assertThat(committed.refused()).isEmpty();
    assertThat(committed.replies()).isEmpty();
  }

  @Test
  default void storesManyEventsInOneBatch(StoreHarness harness) {
    EndpointId endpoint = harness.samples.endpoint();
    List<Event> events = Stream.generate(harness.samples::event).limit(1_000).toList();
    PublishEntry[] publications =
        events.stream()
            .map(event -> StoreHarness.free(event, harness.samples.delivery(event, endpoint)))
            .toArray(PublishEntry[]::new);

    CommitResult committed = harness.commit(Batch.of(publications));

    assertThat(committed.publications()).hasSize(1_000);
    assertThat(harness.claimAll(endpoint))
        .extracting(Delivery::event)
        .containsExactlyInAnyOrderElementsOf(events.stream().map(Event::id).toList());
  }
}
