package dev.hookferry.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one HTTP request.
 *
 * @param kind how it ended
 * @param response what came back; present if and only if a whole status line and headers came
 * @param detail what failed, in words for the log, cut to 500 characters; empty on success
 * @param took from handing the request to the transport until the end
 */
public record Outcome(OutcomeKind kind, @Nullable Response response, String detail, Duration took) {
  private static final int MAX_DETAIL = 500;

  public Outcome {
    detail = LogText.clean(detail, MAX_DETAIL);
  }

  /** The outcome of a whole answer: success if it is a 2xx. */
  public static Outcome answered(Response response, Duration took) {
    return response.isSuccess()
        ? new Outcome(OutcomeKind.DELIVERED, response, "", took)
        : new Outcome(
            OutcomeKind.HTTP_ERROR, response, "the receiver answered " + response.status(), took);
  }

  /** The outcome of a request without a whole answer. */
  public static Outcome failed(OutcomeKind kind, String detail, Duration took) {
    return new Outcome(kind, null, detail, took);
  }

  /** Whether the event was taken. */
  public boolean isSuccess() {
    return kind == OutcomeKind.DELIVERED;
  }

  /** The HTTP status, or 0 if none came. */
  public int statusCode() {
    return response == null ? 0 : response.status();
  }
}
