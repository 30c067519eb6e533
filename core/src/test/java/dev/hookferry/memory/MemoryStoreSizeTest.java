package dev.hookferry.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MemoryStoreSizeTest {
  private static final int PAYLOAD = 10_000;
  private static final int MAX = 100 * PAYLOAD;

  private final Samples samples = new Samples(5);
  private final MemoryStore store = new MemoryStore(samples::now, Duration.ofDays(365), MAX);
  private final Owner owner = store.deliveries().register(new Node("one"));

  @Test
  void evictsTheOldestFinishedEventsWhenFull() {
    Delivery waiting = publish();
    Delivery first = finish(publish());
    Delivery last = first;
    for (int i = 0; i < 300; i++) {
      last = finish(publish());
    }
    assertThat(store.log().event(first.site(), first.event())).isEmpty();
    assertThat(store.log().delivery(first.site(), first.id())).isEmpty();
    assertThat(store.log().attempts(AttemptQuery.ofSite(first.site()).delivery(first.id())).data())
        .isEmpty();
    assertThat(store.log().delivery(waiting.site(), waiting.id())).contains(waiting);
    assertThat(store.log().delivery(last.site(), last.id())).contains(last);
    PageRequest all = PageRequest.of(PageRequest.MAX_LIMIT);
    assertThat(store.log().attempts(AttemptQuery.ofSite(last.site()).page(all)).data())
        .hasSizeBetween(50, 100);
  }

  @Test
  void refusesNewEventsWhenFullOfPendingOnes() {
    Delivery one = publish();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                publish();
              }
            })
        .isInstanceOf(StoreFullException.class);
    // Stored deliveries continue, and free space.
    Delivery done = finish(one);
    assertThat(store.log().delivery(done.site(), done.id())).contains(done);
    samples.pass(Duration.ofSeconds(2));
    Delivery next = publish();
    assertThat(store.log().delivery(next.site(), next.id())).contains(next);
    assertThat(store.log().delivery(done.site(), done.id())).isEmpty();
  }

  @Test
  void makesRoomAfterTheClockWasSetBack() {
    Delivery done = finish(publishUntilFull().get(0));
    samples.pass(Duration.ofHours(-6));
    Delivery next = publish();
    assertThat(store.log().delivery(next.site(), next.id())).contains(next);
    assertThat(store.log().delivery(done.site(), done.id())).isEmpty();
  }

  @Test
  void countsTheResponsesOfFinishedEvents() {
    for (int i = 0; i < 300; i++) {
      finish(publish(1_000), largeResponse(200));
    }

    assertThat(keptBytes()).isBetween(MAX / 2L, (long) MAX);
  }

  @Test
  void evictsTheOldestAttemptsOfPendingEvents() {
    List<Delivery> pending = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pending.add(publish(1_000));
    }
    for (int round = 0; round < 50; round++) {
      pending.replaceAll(this::fail);
    }

    assertThat(keptBytes()).isBetween(MAX / 2L, (long) MAX);
    for (Delivery delivery : pending) {
      assertThat(store.log().delivery(delivery.site(), delivery.id())).contains(delivery);
      assertThat(attempts(delivery)).isNotEmpty().first().extracting(Attempt::number).isEqualTo(50);
    }
  }

  @Test
  void leavesATenthToTheAttemptsOfPendingEvents() {
    Delivery failing = publish(1_000);
    for (int i = 0; i < 20; i++) {
      failing = fail(failing);
    }
    publishUntilFull();

    assertThat(keptBytes()).isLessThan(MAX);
    assertThat(attempts(failing)).hasSizeBetween(5, 6);
  }

  @Test
  void subtractsTheAttemptsThatItEvicts() {
    List<Delivery> first = publishUntilFull();
    for (int i = 0; i < 2; i++) {
      first.forEach(delivery -> finish(delivery, largeResponse(200)));
      store.log().purge(Instant.MAX);
      samples.pass(Duration.ofSeconds(2));
      assertThat(keptBytes()).isZero();
      List<Delivery> next = publishUntilFull();
      assertThat(next).hasSameSizeAs(first);
      first = next;
    }
  }

  /** Returns the bytes of payloads and response bodies in the store. */
  private long keptBytes() {
    PageRequest all = PageRequest.of(PageRequest.MAX_LIMIT);
    long payloads =
        store.log().events(EventQuery.ofSite(Samples.SITE).page(all)).data().stream()
            .mapToLong(event -> event.payload().size())
            .sum();
    return store.log().attempts(AttemptQuery.ofSite(Samples.SITE).page(all)).data().stream()
        .map(attempt -> Objects.requireNonNull(attempt.outcome().response()))
        .mapToLong(response -> response.body().size())
        .reduce(payloads, Long::sum);
  }

  private List<Attempt> attempts(Delivery delivery) {
    return store
        .log()
        .attempts(AttemptQuery.ofSite(delivery.site()).delivery(delivery.id()))
        .data();
  }

  private Outcome largeResponse(int status) {
    Payload body = samples.bytes(Response.MAX_BODY);
    return Outcome.responded(new Response(status, body, true, null, null), Duration.ofMillis(1));
  }

  private Delivery fail(Delivery delivery) {
    Delivery after = delivery.retryAt(samples.now());
    Attempt attempt = samples.attempt(delivery, largeResponse(500));
    var unused = store.deliveries().claim(owner, StoreHarness.everything(delivery.endpoint()));
    commit(new AttemptResult(after, attempt));
    return after;
  }

  private List<Delivery> publishUntilFull() {
    List<Delivery> published = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                published.add(publish());
              }
            })
        .isInstanceOf(StoreFullException.class);
    return published;
  }

  private Delivery publish() {
    return publish(PAYLOAD);
  }

  private Delivery publish(int size) {
    Event event = samples.event(Samples.SITE, samples.event().type(), Payload.wrap(new byte[size]));
    Delivery delivery = samples.delivery(event);
    var unused =
        store
            .deliveries()
            .commit(
                owner,
                Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)))));
    return delivery;
  }

  private Delivery finish(Delivery delivery) {
    return finish(delivery, samples.success());
  }

  private Delivery finish(Delivery delivery, Outcome outcome) {
    Delivery after = delivery.delivered(samples.now());
    commit(new AttemptResult(after, samples.attempt(delivery, outcome)));
    return after;
  }

  private void commit(AttemptResult result) {
    assertThat(store.deliveries().commit(owner, Batch.of(result)).refused()).isEmpty();
  }
}
