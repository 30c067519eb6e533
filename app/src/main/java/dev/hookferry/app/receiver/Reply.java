package dev.hookferry.app.receiver;

import java.time.Duration;

/**
 * What a receiver answers.
 *
 * @param status the HTTP status
 * @param after how long it takes its time
 */
public record Reply(int status, Duration after) {
  /** Longer than any sender waits. */
  public static final Duration NEVER = Duration.ofHours(1);

  /** An answer at once. */
  public static Reply of(int status) {
    return new Reply(status, Duration.ZERO);
  }
}
