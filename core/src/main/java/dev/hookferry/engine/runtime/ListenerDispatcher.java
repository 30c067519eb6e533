package dev.hookferry.engine.runtime;

import dev.hookferry.event.Event;
import dev.hookferry.id.EventId;
import dev.hookferry.observe.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the listener on a dedicated thread. Notifications are batched for a few milliseconds,
 * because waking the thread after each turn of the engine costs more than the calls themselves. If
 * a listener cannot keep up, notifications are dropped, so that waiting ones cannot fill the
 * memory, and a fault reports how many.
 */
final class ListenerDispatcher {
  private static final int MANY = 1_000;
  private static final Duration GATHERING = Duration.ofMillis(10);

  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

  /** Maximum number of notifications that may wait for the user's listener. */
  static final int MAX_WAITING = 100_000;

  private final ExecutorService reporter;
  private final Listener listener;
  private final LongSupplier nanos;
  private final int maxEvents;
  private final long maxBytes;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private List<Consumer<Listener>> pending = new ArrayList<>();
  private long pendingBytes;

  /** Event of the last notification; its bytes count once for several notifications in a row. */
  private @Nullable EventId last;

  private long since;

  /** Time of the last report of dropped notifications; null if there was none. */
  private @Nullable Long reportedAt;

  /** Creates an unbounded dispatcher for a fast listener; it drops nothing. */
  ListenerDispatcher(ExecutorService reporter, Listener listener, LongSupplier nanos) {
    this(reporter, listener, nanos, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Creates a dispatcher.
   *
   * @param maxEvents maximum number of notifications that may wait for the listener
   * @param maxBytes maximum bytes of payloads and responses that may wait for it
   */
  ListenerDispatcher(
      ExecutorService reporter,
      Listener listener,
      LongSupplier nanos,
      int maxEvents,
      long maxBytes) {
    this.reporter = reporter;
    this.listener = listener;
    this.nanos = nanos;
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /** Queues a notification; engine's thread only. */
  void add(Consumer<Listener> message) {
    var unused = add(0, message);
  }

  /**
   * Queues a notification that keeps an event in memory; engine's thread only.
   *
   * @param more bytes that it keeps in addition to the event
   */
  void add(Event about, int more, Consumer<Listener> message) {
    if (add(more + (about.id().equals(last) ? 0 : about.size()), message)) {
      last = about.id();
    }
  }

  /** Queues a notification unless too many wait; returns whether it did. */
  private boolean add(long bytes, Consumer<Listener> message) {
    if (isFull(bytes)) {
      dropped.incrementAndGet();
      return false;
    }
    if (pending.isEmpty()) {
      since = nanos.getAsLong();
    }
    pending.add(message);
    pendingBytes += bytes;
    return true;
  }

  private boolean isFull(long bytes) {
    long before = waitingBytes.get() + pendingBytes;
    return waiting.get() + pending.size() >= maxEvents || (before > 0 && before + bytes > maxBytes);
  }

  /** Returns whether queued notifications have waited long enough; engine's thread only. */
  boolean isDue() {
    return !pending.isEmpty()
        && (pending.size() >= MANY || nanos.getAsLong() - since >= GATHERING.toNanos());
  }

  /** Returns how long queued notifications may still wait, or null; engine's thread only. */
  @Nullable Duration gathering() {
    return pending.isEmpty() ? null : GATHERING.minusNanos(nanos.getAsLong() - since);
  }

  /** Submits all queued notifications to the listener's thread; engine's thread only. */
  void flush() {
    if (pending.isEmpty()) {
      return;
    }
    List<Consumer<Listener>> all = pending;
    long bytes = pendingBytes;
    pending = new ArrayList<>(all.size());
    pendingBytes = 0;
    last = null;
    waiting.addAndGet(all.size());
    waitingBytes.addAndGet(bytes);
    reporter.execute(
        () -> {
          all.forEach(this::report);
          waiting.addAndGet(-all.size());
          waitingBytes.addAndGet(-bytes);
          reportDropped();
        });
  }

  /** Notifies from any thread; returns false if the listener cannot keep up, or after shutdown. */
  boolean notifyNow(Consumer<Listener> message) {
    if (waiting.get() >= maxEvents) {
      dropped.incrementAndGet();
      return false;
    }
    waiting.incrementAndGet();
    try {
      reporter.execute(
          () -> {
            report(message);
            waiting.decrementAndGet();
            reportDropped();
          });
      return true;
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet();
      return false;
    }
  }

  private void report(Consumer<Listener> message) {
    try {
      message.accept(listener);
    } catch (RuntimeException | Error e) {
      System.getLogger(ListenerDispatcher.class.getName())
          .log(System.Logger.Level.WARNING, "listener failed", e);
    }
  }

  /** Reports dropped notifications, once a minute at most. Called by the reporting thread. */
  private void reportDropped() {
    long now = nanos.getAsLong();
    if (dropped.get() > 0
        && (reportedAt == null || now - reportedAt >= BETWEEN_REPORTS.toNanos())) {
      reportedAt = now;
      String what =
          "notifications dropped because the listener is too slow: " + dropped.getAndSet(0);
      report(all -> all.fault(what, new IllegalStateException(what)));
    }
  }

  /** Returns the threads to shut down. */
  ExecutorService threads() {
    return reporter;
  }
}
