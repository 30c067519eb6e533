package dev.hookferry.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Where messages wait for the engine's thread. Any thread may post; one thread takes. */
final class Mailbox {
  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread sleeper;

  void post(Message message) {
    messages.add(message);
    wake();
  }

  @Nullable Message take() {
    return messages.poll();
  }

  /** Sleeps until there is a message, but not longer than this. */
  void await(Duration longest) {
    sleeper = Thread.currentThread();
    if (messages.isEmpty()) {
      LockSupport.parkNanos(this, longest.toNanos());
    }
    sleeper = null;
  }

  private void wake() {
    Thread sleeping = sleeper;
    if (sleeping != null) {
      LockSupport.unpark(sleeping);
    }
  }
}
