package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.AttemptResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the log keeps and shows. */
@Promise(by = AttemptLog.class, value = "A query sees every commit that returned before it began.")
public interface LogContract extends StoreFixture {
  @Promise(
      by = AttemptLog.class,
      value = "Returns the event of a site that was published with this Idempotency-Key.")
  @Test
  default void findsAnEventByItsIdempotencyKeyAtItsSiteOnly(Scene scene) {
    Event event = scene.samples.repeatable("a", "Key-1", "{}");
    scene.publish(event);
    scene.publish(scene.samples.repeatable("Key-1", null, "{}"));

    assertThat(scene.store().log().eventByKey(Samples.SITE, "Key-1")).contains(event);
    assertThat(scene.store().log().eventByKey(Samples.SITE, "key-1")).isEmpty();
    assertThat(scene.store().log().eventByKey(Samples.SITE, "a")).isEmpty();
    assertThat(scene.store().log().eventByKey(new SiteId("elsewhere"), "Key-1")).isEmpty();
  }

  @Promise(
      by = AttemptLog.class,
      value = "Returns the newest attempt of each of these deliveries of a site, if it has one.")
  @Test
  default void tellsTheLastAttemptOfEachDelivery(Scene scene) {
    Delivery once = scene.settled(scene.samples.endpoint(), d -> d.exhausted(d.dueAt()));
    Delivery twice = scene.owned(scene.samples.endpoint());
    Attempt failed = scene.samples.attempt(twice, scene.samples.failure());
    Delivery waiting = twice.retryAt(scene.samples.now());
    scene.record(new AttemptResult(waiting, failed));
    assertThat(scene.claimAll(twice.endpoint())).hasSize(1);
    Attempt last = scene.samples.attempt(waiting, scene.samples.success());
    scene.record(new AttemptResult(waiting.delivered(scene.samples.now()), last));
    Delivery never = scene.queued(scene.samples.endpoint());
    scene.settled(scene.samples.endpoint(), d -> d.delivered(d.dueAt()));
    Set<DeliveryId> asked = Set.of(once.id(), twice.id(), never.id(), scene.samples.deliveryId());

    Map<DeliveryId, Attempt> found = scene.store().log().lastAttempts(Samples.SITE, asked);

    assertThat(found).containsOnlyKeys(once.id(), twice.id()).containsEntry(twice.id(), last);
    assertThat(scene.store().log().lastAttempts(Samples.OTHER_SITE, asked)).isEmpty();
    assertThat(scene.store().log().lastAttempts(Samples.SITE, Set.of())).isEmpty();
  }

  @Test
  default void keepsEveryKindOfFailure(Scene scene) {
    for (OutcomeKind kind : OutcomeKind.values()) {
      if (kind != OutcomeKind.DELIVERED && kind != OutcomeKind.HTTP_ERROR) {
        assertIsKept(
            scene, Outcome.failed(kind, "clé-Ω 😀 'quoted' \\ \"" + kind, Duration.ofMillis(17)));
      }
    }
    assertIsKept(scene, Outcome.failed(OutcomeKind.TIMEOUT, "", Duration.ZERO));
    assertIsKept(scene, Outcome.failed(OutcomeKind.TLS_ERROR, "é".repeat(500), Duration.ofDays(2)));
  }

  @Test
  default void keepsEveryFieldOfAnAnswer(Scene scene) {
    Payload binary = scene.samples.bytes(Response.MAX_BODY);
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
        .forEach(answer -> assertIsKept(scene, Outcome.responded(answer, Duration.ofMillis(3))));
  }

  @Test
  default void keepsWhereTheTimeWent(Scene scene) {
    Duration hour = Duration.ofHours(1);
    Duration micro = Duration.ofNanos(1_000);
    List.of(
            new Timing(Duration.ZERO, null, null, null, null, null),
            new Timing(micro, micro, hour, Duration.ofMillis(3), micro, Duration.ZERO),
            new Timing(hour, hour, hour, hour, hour, hour),
            new Timing(micro, null, null, null, Duration.ofMillis(12), null))
        .forEach(
            timing -> {
              assertIsKept(scene, Outcome.failed(OutcomeKind.TIMEOUT, "too late", timing));
              Response answer = new Response(204, Payload.empty(), false, null, null);
              assertIsKept(scene, Outcome.responded(answer, timing));
            });
  }

  private static void assertIsKept(Scene scene, Outcome outcome) {
    Delivery delivery = scene.owned(scene.samples.endpoint());
    Attempt attempt = scene.samples.attempt(delivery, outcome);
    scene.record(new AttemptResult(delivery.retryAt(scene.samples.now()), attempt));

    assertThat(
            scene
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).withDelivery(delivery.id()))
                .data())
        .containsExactly(attempt);
  }

  @Test
  default void keepsLongUrlsAndGreatNumbers(Scene scene) {
    Delivery delivery = scene.owned(scene.samples.endpoint());
    Attempt attempt =
        new Attempt(
            new AttemptId(scene.samples.deliveryId().value()),
            delivery.id(),
            delivery.site(),
            delivery.endpoint(),
            delivery.event(),
            delivery.type(),
            1001,
            scene.samples.now(),
            "https://receiver.example/" + "%C3%A9?x='".repeat(202),
            scene.samples.success());
    scene.record(new AttemptResult(delivery.delivered(scene.samples.now()), attempt));

    assertThat(scene.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
        .containsExactly(attempt);
  }

  @Promise(by = AttemptLog.class, value = "Returns deliveries, pending and final, newest first.")
  @Test
  default void showsTheNewestFirst(Scene scene) {
    Delivery first = scene.settled(scene.samples.endpoint(), d -> d.exhausted(d.dueAt()));
    Delivery second = scene.settled(scene.samples.endpoint(), d -> d.delivered(d.dueAt()));
    Delivery third = scene.queued(scene.samples.endpoint());

    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(third, second, first);
    assertThat(scene.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data())
        .extracting(Attempt::delivery)
        .containsExactly(second.id(), first.id());
    assertThat(
            scene
                .store()
                .log()
                .events(new EventQuery(Samples.SITE, null, TimeWindow.ALL, PageRequest.FIRST))
                .data())
        .extracting(Event::id)
        .containsExactly(third.event(), second.event(), first.event());
  }

  @Test
  default void showsAChangedDeliveryInItsOldPlace(Scene scene) {
    Delivery first = scene.owned(scene.samples.endpoint());
    Delivery second = scene.queued(scene.samples.endpoint());
    Delivery done = first.delivered(scene.samples.now());
    scene.record(new AttemptResult(done, scene.samples.attempt(first, scene.samples.success())));

    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data())
        .containsExactly(second, done);
  }

  @Test
  default void showsNothingOfAnotherSite(Scene scene) {
    Event event = scene.samples.event(Samples.OTHER_SITE, EventCatalog.QLM_EVENTS.get(0));
    Delivery delivery = scene.samples.delivery(event);
    scene.publish(event, delivery);
    assertThat(scene.claimAll(delivery.endpoint())).hasSize(1);
    scene.record(
        new AttemptResult(
            delivery.delivered(scene.samples.now()),
            scene.samples.attempt(delivery, scene.samples.success())));

    assertThat(scene.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(
            scene
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).withDelivery(delivery.id()))
                .data())
        .isEmpty();
    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(
            scene
                .store()
                .log()
                .events(new EventQuery(Samples.SITE, null, TimeWindow.ALL, PageRequest.FIRST))
                .data())
        .isEmpty();
    assertThat(scene.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(scene.store().log().delivery(Samples.SITE, delivery.id())).isEmpty();
    assertThat(scene.store().log().attempts(AttemptQuery.ofSite(Samples.OTHER_SITE)).data())
        .hasSize(1);
  }

  @Test
  default void findsNothingInAnEmptyStore(Scene scene) {
    Event event = scene.samples.event();

    assertThat(scene.store().log().event(Samples.SITE, event.id())).isEmpty();
    assertThat(scene.store().log().delivery(Samples.SITE, scene.samples.deliveryId())).isEmpty();
    assertThat(scene.store().log().attempts(AttemptQuery.ofSite(Samples.SITE)).next()).isNull();
    assertThat(scene.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE)).data()).isEmpty();
    assertThat(scene.store().log().purge(Scene.FAR_AHEAD)).isZero();
  }

  @Promise(by = AttemptLog.class, value = "Returns deliveries, pending and final, newest first.")
  @Test
  default void neverShowsHeld(Scene scene) {
    scene.queued(scene.samples.endpoint());

    assertThat(
            scene
                .store()
                .log()
                .deliveries(
                    DeliveryQuery.ofSite(Samples.SITE).withStates(Set.of(DeliveryState.HELD)))
                .data())
        .isEmpty();
  }
}
