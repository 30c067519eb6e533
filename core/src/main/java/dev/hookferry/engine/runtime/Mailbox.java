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
 * Messages that wait for the engine's thread. Any thread may post; one thread takes. What callers
 * ask for is bounded here; what the engine itself has asked for, such as a commit, answers once.
 */
final class Mailbox {
  /** So many messages in a turn mean that more are about to come. */
  private static final int MANY = 4;

  /** Long enough for some of them, and short beside what a request takes. */
  private static final Duration NAP = Duration.ofNanos(200_000);

  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final int mostRequests;
  private final long mostBytes;

  /**
   * An empty mailbox.
   *
   * @param mostRequests how many requests may wait
   * @param mostBytes how many bytes they may have before another one is refused
   */
  Mailbox(int mostRequests, long mostBytes) {
    this.mostRequests = mostRequests;
    this.mostBytes = mostBytes;
  }

  /**
   * Posts what a caller asks for, unless too much waits already.
   *
   * @param count how many requests it counts for
   * @param size how many bytes it has
   * @return whether it was posted
   */
  boolean offer(Message request, int count, long size) {
    int before = requests.getAndAdd(count);
    long bytesBefore = bytes.getAndAdd(size);
    if (before + count > mostRequests || bytesBefore > mostBytes) {
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

  void post(Message message) {
    messages.add(message);
    wake();
  }

  @Nullable Message take() {
    return messages.poll();
  }

  /**
   * Sleeps until there is a message, but not longer than this. After a turn with many of them it is
   * a short sleep whatever comes: while they gather, nobody who posts has to wake anybody, which is
   * dearer than what a message asks for.
   *
   * @param taken how many messages the turn had
   */
  void await(int taken, Duration longest) {
    if (taken >= MANY) {
      LockSupport.parkNanos(this, Math.min(NAP.toNanos(), longest.toNanos()));
    } else {
      await(longest);
    }
  }

  private void await(Duration longest) {
    sleeper.set(Thread.currentThread());
    if (messages.isEmpty()) {
      LockSupport.parkNanos(this, longest.toNanos());
    }
    sleeper.set(null);
  }

  private void wake() {
    // The first who posts wakes it; those who post until it runs need not do so again, which is
    // dear.
    Thread sleeping = sleeper.get();
    if (sleeping != null && sleeper.compareAndSet(sleeping, null)) {
      LockSupport.unpark(sleeping);
    }
  }
}
