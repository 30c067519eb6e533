package dev.hookferry.http.socket;

import dev.hookferry.refusal.OverloadedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory budget shared by request bodies, which count from their first byte until the reply.
 * Thread-safe.
 */
public final class BodyBudget {
  private final long max;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Creates a budget.
   *
   * @param max its size in bytes
   */
  BodyBudget(long max) {
    this.max = max;
  }

  /**
   * Returns a budget for the bodies of requests with an API key: 1/32 of the heap, because parsing
   * needs up to three copies of a body, besides the payloads that are being stored and sent.
   */
  public static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / 32);
  }

  /**
   * Returns a budget for the bodies of all other requests, which anyone can send: 1/64 of the heap.
   */
  public static BodyBudget keyless() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / 64);
  }

  /**
   * Reserves bytes.
   *
   * @throws OverloadedException if the budget is exhausted
   */
  void take(int bytes) {
    if (taken.addAndGet(bytes) > max) {
      taken.addAndGet(-bytes);
      throw new OverloadedException("too many large requests are in flight", Duration.ofSeconds(1));
    }
  }

  /** Releases bytes. */
  void give(int bytes) {
    taken.addAndGet(-bytes);
  }

  /** Returns the number of reserved bytes. */
  long taken() {
    return taken.get();
  }
}
