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
 * @param timing where that time went, all of it; null if it was not measured
 */
public record Outcome(
    OutcomeKind kind,
    @Nullable Response response,
    String detail,
    Duration took,
    @Nullable Timing timing) {
  private static final int MAX_DETAIL = 500;

  public Outcome {
    if (timing != null && !timing.total().equals(took)) {
      throw new IllegalArgumentException(timing + " is not " + took);
    }
    detail = LogText.clean(detail, MAX_DETAIL);
  }

  /** An outcome of which nobody measured where the time went. */
  public Outcome(OutcomeKind kind, @Nullable Response response, String detail, Duration took) {
    this(kind, response, detail, took, null);
  }

  /** The outcome of a whole answer: success if it is a 2xx. */
  public static Outcome answered(Response response, Duration took) {
    return answered(response, took, null);
  }

  /** The outcome of a whole answer, with where the time went. */
  public static Outcome answered(Response response, Timing timing) {
    return answered(response, timing.total(), timing);
  }

  private static Outcome answered(Response response, Duration took, @Nullable Timing timing) {
    return response.isSuccess()
        ? new Outcome(OutcomeKind.DELIVERED, response, "", took, timing)
        : new Outcome(
            OutcomeKind.HTTP_ERROR,
            response,
            "the receiver answered " + response.status(),
            took,
            timing);
  }

  /** The outcome of a request without a whole answer. */
  public static Outcome failed(OutcomeKind kind, String detail, Duration took) {
    return new Outcome(kind, null, detail, took);
  }

  /** The outcome of a request without a whole answer, with where the time went. */
  public static Outcome failed(OutcomeKind kind, String detail, Timing timing) {
    return new Outcome(kind, null, detail, timing.total(), timing);
  }

  /** The same outcome with its texts changed, such as by leaving secrets out. */
  public Outcome reworded(@Nullable Response changed, String words) {
    return new Outcome(kind, changed, words, took, timing);
  }

  /** How long it took without the time that it waited at this node, where that was measured. */
  public Duration atReceiver() {
    return timing == null ? took : took.minus(timing.waiting());
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
