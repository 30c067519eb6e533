package dev.hookferry.internal.incident;

import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Follows up incidents and publishes their events, again and again while the store fails. */
public final class IncidentQueue {
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int MAX_WAITING = 10_000;

  private final AtomicInteger waiting = new AtomicInteger();
  private final Host host;

  /** The process around a queue, or its simulation. */
  public interface Host {
    /** Runs an action later, one at a time; never if the process has stopped by then. */
    void after(Duration delay, Runnable action);

    /** Publishes an event of Hookferry's own. */
    CompletableFuture<List<Receipt>> publish(Event event);

    /** Reports a failure. */
    void fault(String text, Throwable cause);
  }

  /** Creates an empty queue. */
  public IncidentQueue(Host host) {
    this.host = host;
  }

  /**
   * Publishes an event. Retries use the same id, so that an event whose reply was lost is not
   * stored twice. An event that is refused is not tried again, unless the node was overloaded.
   *
   * @param tries the maximum number of attempts
   */
  public void publish(Event event, int tries) {
    publish(event, tries, () -> {});
  }

  /** Publishes an event as {@link #publish(Event, int)} does, and acts afterwards. */
  void publish(Event event, int tries, Runnable whenPublished) {
    var unused =
        host.publish(event)
            .whenComplete(
                (receipts, failure) -> {
                  if (failure == null) {
                    whenPublished.run();
                  } else if (tries > 1 && !isFinal(failure)) {
                    later(() -> publish(event, tries - 1, whenPublished), AGAIN, 1);
                  } else {
                    host.fault("operational event not published type=" + event.type(), failure);
                  }
                });
  }

  /** Returns whether publishing the same event again would also fail. */
  private static boolean isFinal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RefusedException && !(cause instanceof OverloadedException);
  }

  /**
   * Runs an action soon, on the thread of incidents; drops it if thousands are waiting.
   *
   * @param tries how often to try it, if it throws
   */
  public void later(Runnable action, Duration delay, int tries) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return;
    }
    host.after(
        delay,
        () -> {
          waiting.decrementAndGet();
          run(action, tries);
        });
  }

  /** Runs an action now; {@link #later} again if it throws. */
  void run(Runnable action, int tries) {
    try {
      action.run();
    } catch (NotFoundException e) {
      // The endpoint's site was removed.
      return;
    } catch (RuntimeException | Error e) {
      if (tries > 1) {
        later(action, AGAIN, tries - 1);
      }
      host.fault("change of an endpoint not followed up yet", e);
    }
  }
}
