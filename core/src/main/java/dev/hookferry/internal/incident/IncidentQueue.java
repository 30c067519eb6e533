package dev.hookferry.internal.incident;

import dev.hookferry.event.Event;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Follows up incidents and publishes their events, again and again while the store fails. */
final class IncidentQueue {
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int MOST_WAITING = 10_000;

  private final AtomicInteger waiting = new AtomicInteger();
  private final ScheduledExecutorService thread;

  IncidentQueue(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  /**
   * Publishes an event. Retries use the same id, so that an event whose reply was lost is not
   * stored twice.
   *
   * @param tries the maximum number of attempts
   */
  void publish(CoreServices all, Event event, int tries) {
    publish(all, event, tries, () -> {});
  }

  /** Publishes an event as {@link #publish(CoreServices, Event, int)} does, and acts afterwards. */
  void publish(CoreServices all, Event event, int tries, Runnable whenPublished) {
    Event indexed = IndexedEvents.indexed(all.configHolder().config(), event);
    var unused =
        all.runtime()
            .publish(event.site(), List.of(indexed), PublishEntry.ANY_CONFIG, List.of(), null)
            .whenComplete(
                (receipts, failure) -> {
                  if (failure == null) {
                    whenPublished.run();
                  } else if (!(failure instanceof NotFoundException) && tries > 1) {
                    later(all, () -> publish(all, event, tries - 1, whenPublished), AGAIN, 1);
                  } else {
                    all.runtime()
                        .fault("the event " + event.type() + " could not be published", failure);
                  }
                });
  }

  /**
   * Runs an action soon, on the thread of incidents; drops it if thousands are waiting.
   *
   * @param tries how often to try it, if it throws
   */
  void later(CoreServices all, Runnable action, Duration delay, int tries) {
    if (waiting.incrementAndGet() > MOST_WAITING || thread.isShutdown()) {
      waiting.decrementAndGet();
      return;
    }
    var unused =
        thread.schedule(
            () -> {
              waiting.decrementAndGet();
              run(all, action, tries);
            },
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Runs an action now; {@link #later} again if it throws. */
  void run(CoreServices all, Runnable action, int tries) {
    try {
      action.run();
    } catch (NotFoundException e) {
      // The endpoint's site was removed.
      return;
    } catch (RuntimeException | Error e) {
      if (tries > 1) {
        later(all, action, AGAIN, tries - 1);
      }
      all.runtime().fault("a change of an endpoint could not be followed up yet", e);
    }
  }
}
