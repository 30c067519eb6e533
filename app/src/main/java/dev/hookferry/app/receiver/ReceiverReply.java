package dev.hookferry.app.receiver;

import java.time.Duration;
import java.util.Map;

/**
 * What a receiver answers.
 *
 * @param status the HTTP status
 * @param after how long it takes its time
 * @param headers what it says besides
 * @param ended runs when the answer is wholly written, or its connection is gone
 */
public record ReceiverReply(
    int status, Duration after, Map<String, String> headers, Runnable ended) {
  /** Longer than any sender waits. */
  public static final Duration NEVER = Duration.ofHours(1);

  /** An answer after a while. */
  public ReceiverReply(int status, Duration after) {
    this(status, after, Map.of(), () -> {});
  }

  /** An answer at once. */
  public static ReceiverReply of(int status) {
    return new ReceiverReply(status, Duration.ZERO);
  }

  /** The same that tells of its end. */
  public ReceiverReply whenEnded(Runnable told) {
    return new ReceiverReply(status, after, headers, told);
  }

  /** The same with a header. */
  public ReceiverReply with(String name, String value) {
    return new ReceiverReply(status, after, Map.of(name, value), ended);
  }

  /** Whether there is no answer at all. */
  public boolean isNever() {
    return after.equals(NEVER);
  }
}
