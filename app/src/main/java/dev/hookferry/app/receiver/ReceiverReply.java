package dev.hookferry.app.receiver;

import java.time.Duration;
import java.util.Map;

/**
 * The response of a receiver.
 *
 * @param status the HTTP status
 * @param after the delay before the response
 * @param headers additional headers
 * @param ended called when the response is completely written or the connection is gone
 */
public record ReceiverReply(
    int status, Duration after, Map<String, String> headers, Runnable ended) {
  /** A delay longer than the timeout of any sender. */
  public static final Duration NEVER = Duration.ofHours(1);

  /** Creates a delayed response. */
  public ReceiverReply(int status, Duration after) {
    this(status, after, Map.of(), () -> {});
  }

  /** Returns an immediate response. */
  public static ReceiverReply of(int status) {
    return new ReceiverReply(status, Duration.ZERO);
  }

  /** Returns a copy with the given callback for its end. */
  public ReceiverReply whenEnded(Runnable callback) {
    return new ReceiverReply(status, after, headers, callback);
  }

  /** Returns a copy with this header in place of all other additional headers. */
  public ReceiverReply with(String name, String value) {
    return new ReceiverReply(status, after, Map.of(name, value), ended);
  }

  /** Returns whether there is no response at all. */
  public boolean isNever() {
    return after.equals(NEVER);
  }
}
