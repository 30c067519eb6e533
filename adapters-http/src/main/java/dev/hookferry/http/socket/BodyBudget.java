package dev.hookferry.http.socket;

import dev.hookferry.refusal.OverloadedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all bodies together may take, from their first byte until they are answered.
 * Thread-safe.
 */
public final class BodyBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * A budget.
   *
   * @param most in bytes
   */
  BodyBudget(long most) {
    this.most = most;
  }

  /**
   * A tenth of the heap: while a body is read into events there are three copies of it, beside the
   * payloads that are being written and sent.
   */
  public static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / 10);
  }

  /** Takes some bytes, or refuses the request for now. */
  void take(int bytes) {
    if (taken.addAndGet(bytes) > most) {
      taken.addAndGet(-bytes);
      throw new OverloadedException("too many large requests are under way", Duration.ofSeconds(1));
    }
  }

  /** Gives bytes back. */
  void give(int bytes) {
    taken.addAndGet(-bytes);
  }

  /** How many are taken. */
  long taken() {
    return taken.get();
  }
}
