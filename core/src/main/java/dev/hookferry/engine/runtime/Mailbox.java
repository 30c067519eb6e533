package dev.hookferry.engine.runtime;

import dev.hookferry.engine.Message;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where messages wait for the engine's thread. Any thread may post; one thread takes. */
final class Mailbox {
  /** So many messages in a turn mean that more are about to come. */
  private static final int MANY = 4;

  /** Long enough for some of them, and short beside what a request takes. */
  private static final Duration NAP = Duration.ofNanos(200_000);

  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

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
