package dev.hookferry.engine.runtime;

import dev.hookferry.observe.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Notifies the listener on a dedicated thread. Notifications are batched for some milliseconds,
 * because waking the thread after each turn of the engine costs more than the calls themselves.
 */
final class ListenerDispatcher {
  private static final int MANY = 1_000;
  private static final Duration GATHERING = Duration.ofMillis(5);

  private final ExecutorService reporter;
  private final Listener listener;
  private final LongSupplier nanos;
  private List<Consumer<Listener>> pending = new ArrayList<>();
  private long since;

  ListenerDispatcher(ExecutorService reporter, Listener listener, LongSupplier nanos) {
    this.reporter = reporter;
    this.listener = listener;
    this.nanos = nanos;
  }

  /** Queues a notification; engine's thread only. */
  void add(Consumer<Listener> message) {
    if (pending.isEmpty()) {
      since = nanos.getAsLong();
    }
    pending.add(message);
  }

  /** Hands over notifications that have waited long enough; engine's thread only. */
  void flushGathered() {
    if (!pending.isEmpty()
        && (pending.size() >= MANY || nanos.getAsLong() - since >= GATHERING.toNanos())) {
      flush();
    }
  }

  /** Hands over all queued notifications; engine's thread only. */
  void flush() {
    if (pending.isEmpty()) {
      return;
    }
    List<Consumer<Listener>> all = pending;
    pending = new ArrayList<>();
    reporter.execute(() -> all.forEach(this::report));
  }

  /** Notifies from any thread; returns false after shutdown. */
  boolean notifyNow(Consumer<Listener> message) {
    try {
      reporter.execute(() -> report(message));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void report(Consumer<Listener> message) {
    try {
      message.accept(listener);
    } catch (RuntimeException | Error e) {
      System.getLogger(ListenerDispatcher.class.getName())
          .log(System.Logger.Level.WARNING, "the listener failed", e);
    }
  }

  /** Returns the threads to shut down. */
  ExecutorService threads() {
    return reporter;
  }
}
