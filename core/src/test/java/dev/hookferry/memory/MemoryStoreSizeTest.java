package dev.hookferry.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreSizeTest {
  private static final int PAYLOAD = 10_000;
  private static final int MOST = 100 * PAYLOAD;

  private final Samples samples = new Samples(5);
  private final MemoryStore store = new MemoryStore(samples::now, Duration.ofDays(365), MOST);
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
    // What is there goes on, and makes room.
    Delivery done = finish(one);
    assertThat(store.log().delivery(done.site(), done.id())).contains(done);
    samples.pass(Duration.ofSeconds(2));
    Delivery next = publish();
    assertThat(store.log().delivery(next.site(), next.id())).contains(next);
    assertThat(store.log().delivery(done.site(), done.id())).isEmpty();
  }

  private Delivery publish() {
    Event event =
        samples.event(Samples.SITE, samples.event().type(), Payload.wrap(new byte[PAYLOAD]));
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
    Delivery after = delivery.delivered(samples.now());
    AttemptResult result = new AttemptResult(after, samples.attempt(delivery, samples.success()));
    assertThat(store.deliveries().commit(owner, Batch.of(result)).refused()).isEmpty();
    return after;
  }
}
