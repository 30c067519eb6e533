package dev.hookferry.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.UnstorableEventException;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class IncidentQueueTest {
  private static final Event EVENT =
      new Event(
          new EventId("evt_1"),
          new SiteId("default"),
          new EventType("endpoint_failing"),
          Instant.EPOCH,
          Instant.EPOCH,
          Payload.of("{}"),
          null);

  private final Queue<Throwable> failures = new ArrayDeque<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final List<Throwable> faults = new ArrayList<>();
  private int published;

  private final IncidentQueue queue =
      new IncidentQueue(
          new IncidentQueue.Host() {
            @Override
            public void after(Duration delay, Runnable action) {
              waiting.add(action);
            }

            @Override
            public CompletableFuture<List<Receipt>> publish(Event event) {
              published++;
              Throwable failure = failures.poll();
              return failure == null
                  ? CompletableFuture.completedFuture(List.of())
                  : CompletableFuture.failedFuture(failure);
            }

            @Override
            public void fault(String text, Throwable cause) {
              faults.add(cause);
            }
          });

  @Test
  void anEventIsRetriedWhileTheStoreFailsOrTheNodeIsOverloaded() {
    failures.add(new StoreException("disk full"));
    failures.add(new OverloadedException("too many events wait", Duration.ofSeconds(1)));

    publish(100);

    assertThat(published).isEqualTo(3);
    assertThat(faults).isEmpty();
  }

  @Test
  void anEventThatTheStoreCanNeverKeepIsTriedOnce() {
    failures.add(new UnstorableEventException("rejected", new StoreException("too long")));

    publish(100);

    assertThat(published).isEqualTo(1);
    assertThat(faults).hasSize(1);
  }

  @Test
  void anEventOfASiteThatWasRemovedIsTriedOnce() {
    failures.add(new CompletionException(new NotFoundException("site", "gone")));

    publish(100);

    assertThat(published).isEqualTo(1);
  }

  @Test
  void theNumberOfTriesIsBounded() {
    for (int i = 0; i < 10; i++) {
      failures.add(new StoreException("disk full"));
    }

    publish(4);

    assertThat(published).isEqualTo(4);
    assertThat(faults).hasSize(1);
  }

  private void publish(int tries) {
    queue.publish(EVENT, tries);
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }
}
