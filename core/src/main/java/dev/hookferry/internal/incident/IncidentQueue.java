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

/** Queue of incident work that publishes operational events, with retries while the store fails. */
public final class IncidentQueue {
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int MAX_WAITING = 10_000;

  private final AtomicInteger waiting = new AtomicInteger();
  private final Host host;

  /** The environment of a queue: a process or its simulation. */
  public interface Host {
    /** Runs an action after a delay, one at a time; drops it once the process has stopped. */
    void after(Duration delay, Runnable action);

    /** Publishes an operational event. */
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
   * stored twice. A refused event is not retried, unless the node was overloaded.
   *
   * @param tries the maximum number of attempts
   */
  public void publish(Event event, int tries) {
    publish(event, tries, () -> {});
  }

  /**
   * Publishes an event like {@link #publish(Event, int)}, then runs an action if that succeeded.
   */
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
   * Runs an action after a delay through the host; drops it if 10,000 are already waiting.
   *
   * @param tries the maximum number of runs if it throws
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

  /** Runs an action now and, if it throws, {@link #later} again. */
  void run(Runnable action, int tries) {
    try {
      action.run();
    } catch (NotFoundException e) {
      // The site was removed.
      return;
    } catch (RuntimeException | Error e) {
      if (tries > 1) {
        later(action, AGAIN, tries - 1);
      }
      host.fault("incident handling failed", e);
    }
  }
}
