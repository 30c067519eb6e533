package dev.hookferry.engine.runtime;

import dev.hookferry.engine.Message;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Message queue of the engine's thread, with many producers and a single consumer. Callers'
 * requests are bounded here; results of the engine's own requests, such as commits, are bounded by
 * their number.
 */
final class Mailbox {
  /** A turn with this many messages, or more, means that others are about to arrive. */
  private static final int MANY = 4;

  /** Nap after a busy turn: long enough for more messages, but short compared to a request. */
  private static final Duration NAP = Duration.ofNanos(200_000);

  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final int maxRequests;
  private final long maxBytes;
  private final Runnable whenPosted;

  /**
   * Creates an empty mailbox.
   *
   * @param maxRequests maximum number of waiting requests
   * @param maxBytes bytes of waiting requests above which additional ones are refused
   * @param whenPosted called after every message
   */
  Mailbox(int maxRequests, long maxBytes, Runnable whenPosted) {
    this.whenPosted = whenPosted;
    this.maxRequests = maxRequests;
    this.maxBytes = maxBytes;
  }

  /**
   * Posts a caller's request unless the mailbox is full.
   *
   * @param count number of requests that it counts as
   * @param size its size in bytes
   * @return whether it was posted
   */
  boolean offer(Message request, int count, long size) {
    int before = requests.getAndAdd(count);
    long bytesBefore = bytes.getAndAdd(size);
    if (before + count > maxRequests || bytesBefore > maxBytes) {
      leave(count, size);
      return false;
    }
    post(
        (engine, now) -> {
          leave(count, size);
          request.deliver(engine, now);
        });
    return true;
  }

  private void leave(int count, long size) {
    requests.addAndGet(-count);
    bytes.addAndGet(-size);
  }

  /** Posts a message that is never refused, and wakes the engine if it sleeps. */
  void post(Message message) {
    messages.add(message);
    wake();
    whenPosted.run();
  }

  /** Removes and returns the oldest message; null if there is none. Never waits. */
  @Nullable Message take() {
    return messages.poll();
  }

  /**
   * Waits for a message, at most for the given time. After a busy turn it naps briefly regardless
   * of new messages: while they gather, producers need not wake this thread, which would cost more
   * than handling a message.
   *
   * @param taken number of messages in the last turn
   */
  void await(int taken, Duration max) {
    if (taken >= MANY) {
      LockSupport.parkNanos(this, Math.min(NAP.toNanos(), max.toNanos()));
    } else {
      await(max);
    }
  }

  private void await(Duration max) {
    sleeper.set(Thread.currentThread());
    if (messages.isEmpty()) {
      LockSupport.parkNanos(this, max.toNanos());
    }
    sleeper.set(null);
  }

  private void wake() {
    // Only the first producer wakes the thread, because waking is expensive.
    Thread sleeping = sleeper.get();
    if (sleeping != null && sleeper.compareAndSet(sleeping, null)) {
      LockSupport.unpark(sleeping);
    }
  }
}
