package dev.hookferry.delivery;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one HTTP request.
 *
 * @param kind the kind of outcome
 * @param response the response; non-null if and only if a complete status line and headers arrived
 * @param detail error text for the log, cut to 500 characters; empty on success
 * @param took time from handing the request to the transport until the end
 * @param timing breakdown of that time; null if it was not measured
 */
public record Outcome(
    OutcomeKind kind,
    @Nullable Response response,
    String detail,
    Duration took,
    @Nullable Timing timing) {
  private static final int MAX_DETAIL = 500;

  public Outcome {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(took, "took");
    if (timing != null && !timing.total().equals(took)) {
      throw new IllegalArgumentException(timing + " is not " + took);
    }
    detail = LogText.clean(detail, MAX_DETAIL);
  }

  /** Creates an outcome without a timing breakdown. */
  public Outcome(OutcomeKind kind, @Nullable Response response, String detail, Duration took) {
    this(kind, response, detail, took, null);
  }

  /**
   * Creates the outcome of a complete response: success if its status is 2xx. For an endpoint with
   * other success statuses, {@link #judged} re-evaluates it.
   */
  public static Outcome responded(Response response, Duration took) {
    Objects.requireNonNull(response, "response");
    return responded(response, took, null);
  }

  /** Creates the outcome of a complete response, with a timing breakdown. */
  public static Outcome responded(Response response, Timing timing) {
    Objects.requireNonNull(response, "response");
    Objects.requireNonNull(timing, "timing");
    return responded(response, timing.total(), timing);
  }

  private static Outcome responded(Response response, Duration took, @Nullable Timing timing) {
    return response.isSuccess()
        ? new Outcome(OutcomeKind.DELIVERED, response, "", took, timing)
        : new Outcome(
            OutcomeKind.HTTP_ERROR,
            response,
            "the receiver responded with " + response.status(),
            took,
            timing);
  }

  /** Creates the outcome of a request that got no complete response. */
  public static Outcome failed(OutcomeKind kind, String detail, Duration took) {
    return new Outcome(kind, null, detail, took);
  }

  /** Creates the outcome of a request that got no complete response, with a timing breakdown. */
  public static Outcome failed(OutcomeKind kind, String detail, Timing timing) {
    Objects.requireNonNull(timing, "timing");
    return new Outcome(kind, null, detail, timing.total(), timing);
  }

  /**
   * Returns this outcome with its status counted as success or failure. Changes only an outcome
   * that was decided by the default, any 2xx: if the transport considered more than the status or
   * failed despite a response, such as by an expired deadline, the kind stays.
   */
  public Outcome judged(boolean isSuccess) {
    if (response == null || isSuccess == response.isSuccess()) {
      return this;
    }
    if (isSuccess) {
      return kind == OutcomeKind.HTTP_ERROR
          ? new Outcome(OutcomeKind.DELIVERED, response, "", took, timing)
          : this;
    }
    String why =
        "the receiver responded with " + statusCode() + ", which does not count as success";
    return kind == OutcomeKind.DELIVERED
        ? new Outcome(OutcomeKind.HTTP_ERROR, response, why, took, timing)
        : this;
  }

  /** Returns a copy with the given response and detail, for example with secrets redacted. */
  public Outcome redacted(@Nullable Response changed, String words) {
    Objects.requireNonNull(words, "words");
    return new Outcome(kind, changed, words, took, timing);
  }

  /** Returns the duration without the time spent waiting on this node, if that was measured. */
  public Duration atReceiver() {
    return timing == null ? took : took.minus(timing.waiting());
  }

  /** Returns whether the receiver accepted the event. */
  public boolean isSuccess() {
    return kind == OutcomeKind.DELIVERED;
  }

  /**
   * Returns whether the status, of the receiver or a proxy in front of it, requests less traffic:
   * 429, 502, 503 or 504.
   */
  public boolean isThrottling() {
    return switch (statusCode()) {
      case 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** Returns the HTTP status, or 0 if there was no response. */
  public int statusCode() {
    return response == null ? 0 : response.status();
  }
}
