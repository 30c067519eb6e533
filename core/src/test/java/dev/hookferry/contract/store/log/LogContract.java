package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.body.BodyVersion;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Payload;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of the log of events, deliveries and attempts. */
@Promise(by = AttemptLog.class, value = "A query sees every commit that returned before it began.")
public interface LogContract extends StoreFixture {
  @Promise(
      by = AttemptLog.class,
      value = "Returns the event of a site that was published with this Idempotency-Key.")
  @Test
  default void findsAnEventByItsIdempotencyKeyOnlyInItsSite(StoreHarness harness) {
    Event event = harness.samples.repeatable("a", "Key-1", "{}");
    harness.publish(event);
    harness.publish(harness.samples.repeatable("Key-1", null, "{}"));

    assertThat(harness.store().log().eventByKey(Samples.SITE, "Key-1")).contains(event);
    assertThat(harness.store().log().eventByKey(Samples.SITE, "key-1")).isEmpty();
    assertThat(harness.store().log().eventByKey(Samples.SITE, "a")).isEmpty();
    assertThat(harness.store().log().eventByKey(new SiteId("elsewhere"), "Key-1")).isEmpty();
  }

  @Promise(
      by = AttemptLog.class,
      value = "Returns the last attempt of each of these deliveries of a site, if it has one")
  @Test
  default void returnsTheLastAttemptOfEachDelivery(StoreHarness harness) {
    Delivery once = harness.settled(harness.samples.endpoint(), d -> d.exhausted(d.dueAt()));
    Delivery twice = harness.owned(harness.samples.endpoint());
    Attempt failed = harness.samples.attempt(twice, harness.samples.failure());
    Delivery waiting = twice.retryAt(harness.samples.now());
    harness.record(new AttemptResult(waiting, failed));
    assertThat(harness.claimAll(twice.endpoint())).hasSize(1);
    // A clock that is corrected makes the second attempt the earlier one, by its time and its id.
    harness.samples.pass(Duration.ofHours(-1));
    Attempt last = harness.samples.attempt(waiting, harness.samples.success());
    harness.record(new AttemptResult(waiting.delivered(harness.samples.now()), last));
    Delivery never = harness.queued(harness.samples.endpoint());
    harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    Set<DeliveryId> asked = Set.of(once.id(), twice.id(), never.id(), harness.samples.deliveryId());

    Map<DeliveryId, Attempt> found = harness.store().log().lastAttempts(Samples.SITE, asked);

    assertThat(found).containsOnlyKeys(once.id(), twice.id()).containsEntry(twice.id(), last);
    assertThat(harness.store().log().lastAttempts(Samples.OTHER_SITE, asked)).isEmpty();
    assertThat(harness.store().log().lastAttempts(Samples.SITE, Set.of())).isEmpty();
  }

  @Test
  default void keepsEveryKindOfFailure(StoreHarness harness) {
    for (OutcomeKind kind : OutcomeKind.values()) {
      if (kind != OutcomeKind.DELIVERED && kind != OutcomeKind.HTTP_ERROR) {
        assertIsKept(
            harness, Outcome.failed(kind, "clé-Ω 😀 'quoted' \\ \"" + kind, Duration.ofMillis(17)));
      }
    }
    assertIsKept(harness, Outcome.failed(OutcomeKind.TIMEOUT, "", Duration.ZERO));
    assertIsKept(
        harness, Outcome.failed(OutcomeKind.TLS_ERROR, "é".repeat(500), Duration.ofDays(2)));
  }

  @Test
  default void keepsEveryFieldOfAResponse(StoreHarness harness) {
    Payload binary = harness.samples.bytes(Response.MAX_BODY);
    List.of(
            new Response(100, Payload.empty(), false, null, null),
            new Response(200, Payload.of("clé-Ω\r\n\u0000"), false, "text/html;q=\"'\"", null),
            new Response(302, binary, true, null, "Wed, 21 Oct 2026 07:28:00 GMT"),
            new Response(599, Payload.of("null"), true, "", "-1"),
            new Response(
                404,
                Payload.empty(),
                false,
                "a/b",
                null,
                new ResponseHeaders("Content-Type: a/b\nX-Clé: 😀 \"'\\ \nEmpty:\n: none")),
            new Response(
                200, Payload.empty(), false, null, null, new ResponseHeaders("é".repeat(5_000))))
        .forEach(
            response -> assertIsKept(harness, Outcome.responded(response, Duration.ofMillis(3))));
  }

  @Test
  default void keepsTheTimingBreakdown(StoreHarness harness) {
    Duration hour = Duration.ofHours(1);
    Duration micro = Duration.ofNanos(1_000);
    List.of(
            new Timing(Duration.ZERO, null, null, null, null, null),
            new Timing(micro, micro, hour, Duration.ofMillis(3), micro, Duration.ZERO),
            new Timing(hour, hour, hour, hour, hour, hour),
            new Timing(hour, hour, hour, hour, hour, hour, hour, "w".repeat(40)),
            new Timing(micro, null, null, null, Duration.ofMillis(12), null))
        .forEach(
            timing -> {
              assertIsKept(harness, Outcome.failed(OutcomeKind.TIMEOUT, "too late", timing));
              Response response = new Response(204, Payload.empty(), false, null, null);
              assertIsKept(harness, Outcome.responded(response, timing));
            });
  }

  private static void assertIsKept(StoreHarness harness, Outcome outcome) {
    Delivery delivery = harness.owned(harness.samples.endpoint());
    Attempt attempt = harness.samples.attempt(delivery, outcome);
    harness.record(new AttemptResult(delivery.retryAt(harness.samples.now()), attempt));

    assertThat(
            harness
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).delivery(delivery.id()))
                .data())
        .containsExactly(attempt);
  }

  @Test
  default void keepsLongUrlsAndLargeNumbers(StoreHarness harness) {
    Delivery delivery = harness.owned(harness.samples.endpoint());
    Attempt attempt =
        new Attempt(
            new AttemptId(harness.samples.deliveryId().value()),
            delivery.id(),
            delivery.site(),
            delivery.endpoint(),
            delivery.event(),
            delivery.type(),
            1001,
            harness.samples.now(),
            "https://receiver.example/" + "%C3%A9?x='".repeat(202),
            harness.samples.success(),
            new BodyVersion("abcdefghijklmnopqrst", Integer.MAX_VALUE));
    harness.record(new AttemptResult(delivery.delivered(harness.samples.now()), attempt));

    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
        .containsExactly(attempt);
  }

  @Promise(by = AttemptLog.class, value = "Returns deliveries, pending and final, newest first.")
  @Test
  default void listsTheNewestFirst(StoreHarness harness) {
    Delivery first = harness.settled(harness.samples.endpoint(), d -> d.exhausted(d.dueAt()));
    Delivery second = harness.settled(harness.samples.endpoint(), d -> d.delivered(d.dueAt()));
    Delivery third = harness.queued(harness.samples.endpoint());

    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(third, second, first);
    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
        .extracting(Attempt::delivery)
        .containsExactly(second.id(), first.id());
    assertThat(harness.store().log().events(EventQuery.ofSite(Samples.SITE)).data())
        .extracting(Event::id)
        .containsExactly(third.event(), second.event(), first.event());
  }

  @Test
  default void aChangedDeliveryKeepsItsPlaceInTheList(StoreHarness harness) {
    Delivery first = harness.owned(harness.samples.endpoint());
    Delivery second = harness.queued(harness.samples.endpoint());
    Delivery done = first.delivered(harness.samples.now());
    harness.record(
        new AttemptResult(done, harness.samples.attempt(first, harness.samples.success())));

    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(second, done);
  }

  @Test
  default void returnsNothingFromAnotherSite(StoreHarness harness) {
    Event event = harness.samples.event(Samples.OTHER_SITE, EventCatalog.QLM_EVENTS.get(0));
    Delivery delivery = harness.samples.delivery(event);
    harness.publish(event, delivery);
    assertThat(harness.claimAll(delivery.endpoint())).hasSize(1);
    harness.record(
        new AttemptResult(
            delivery.delivered(harness.samples.now()),
            harness.samples.attempt(delivery, harness.samples.success())));

    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(
            harness
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).delivery(delivery.id()))
                .data())
        .isEmpty();
    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .isEmpty();
    assertThat(harness.store().log().events(EventQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(harness.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.OTHER_SITE)).data())
        .hasSize(1);
  }

  @Test
  default void findsNothingInAnEmptyStore(StoreHarness harness) {
    Event event = harness.samples.event();

    assertThat(harness.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(harness.store().log().delivery(Samples.SITE, harness.samples.deliveryId()))
        .isEmpty();
    assertThat(harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).next()).isNull();
    assertThat(harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .isEmpty();
    assertThat(harness.store().log().purge(StoreHarness.FAR_AHEAD)).isZero();
  }

  @Promise(by = AttemptLog.class, value = "Returns deliveries, pending and final, newest first.")
  @Test
  default void neverReturnsTheHeldState(StoreHarness harness) {
    harness.queued(harness.samples.endpoint());

    assertThat(
            harness
                .store()
                .log()
                .deliveries(DeliveryQuery.ofSite(Samples.SITE).state(DeliveryState.HELD))
                .data())
        .isEmpty();
  }
}
