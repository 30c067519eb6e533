package dev.hookferry.app.receiver;

import java.time.Duration;

/**
 * What a receiver answers.
 *
 * @param status the HTTP status
 * @param after how long it takes its time
 * @param ended runs when the answer is wholly written, or its connection is gone
 */
public record Reply(int status, Duration after, Runnable ended) {
  /** Longer than any sender waits. */
  public static final Duration NEVER = Duration.ofHours(1);

  /** An answer after a while. */
  public Reply(int status, Duration after) {
    this(status, after, () -> {});
  }

  /** An answer at once. */
  public static Reply of(int status) {
    return new Reply(status, Duration.ZERO);
  }

  /** The same that tells of its end. */
  public Reply whenEnded(Runnable told) {
    return new Reply(status, after, told);
  }

  /** Whether there is no answer at all. */
  public boolean isNever() {
    return after.equals(NEVER);
  }
}
