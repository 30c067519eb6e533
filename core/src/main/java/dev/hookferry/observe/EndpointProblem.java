package dev.hookferry.observe;

import dev.hookferry.endpoint.Endpoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The failures of one endpoint with one cause, since its last success. Immutable.
 *
 * @param endpoint the endpoint
 * @param health its state; consecutive failures include those of other nodes
 * @param cause the status code or the code of the outcome, such as {@code 401} or {@code timeout};
 *     the code of the endpoint's state if it is stuck without a known failure; {@value
 *     #BLOCKED_KEYS} if blocked ordering keys are the only known problem
 * @param failures the failed attempts with this cause, or null if none is known
 * @param undelivered its deliveries that have not ended, as {@link UndeliveredCounts} counts them
 * @param acknowledged the note that acknowledges this cause, or null
 * @param muted the note that mutes the endpoint's problems now, or null
 */
public record EndpointProblem(
    Endpoint endpoint,
    EndpointHealth health,
    String cause,
    @Nullable Failures failures,
    Undelivered undelivered,
    @Nullable ProblemNote acknowledged,
    @Nullable ProblemNote muted) {
  /** The cause of an endpoint whose only known problem is that ordering keys are blocked. */
  public static final String BLOCKED_KEYS = "blocked_keys";

  /**
   * Orders problems by urgency: open before acknowledged before muted; then by the endpoint's state
   * (disabled, failing or blocked, others, paused); then by undelivered deliveries and failures,
   * most first.
   */
  public static final Comparator<EndpointProblem> MOST_URGENT_FIRST =
      Comparator.comparing(EndpointProblem::status)
          .thenComparingInt(EndpointProblem::rank)
          .thenComparing(Comparator.comparingInt(EndpointProblem::stuck).reversed())
          .thenComparing(Comparator.comparingInt(EndpointProblem::count).reversed())
          .thenComparing(EndpointProblem::key);

  public EndpointProblem {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(undelivered, "undelivered");
  }

  /**
   * Failed attempts with one cause.
   *
   * @param since time of the first one
   * @param last time of the newest one
   * @param count their number, from 1
   */
  public record Failures(Instant since, Instant last, int count) {
    public Failures {
      Objects.requireNonNull(since, "since");
      Objects.requireNonNull(last, "last");
    }

    /**
     * Returns the merged failures: the earliest start, the latest time and the sum of the counts.
     */
    public Failures and(Failures other) {
      Objects.requireNonNull(other, "other");
      return new Failures(
          since.isBefore(other.since) ? since : other.since,
          last.isAfter(other.last) ? last : other.last,
          count + other.count);
    }
  }

  /** Whether a problem needs attention. */
  public enum Status {
    /** Neither acknowledged nor muted. */
    OPEN,
    /** Someone has acknowledged this cause. */
    ACKNOWLEDGED,
    /** The problems of the endpoint are muted. */
    MUTED;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** Returns the lower-case name used in the API. */
    public String code() {
      return code;
    }

    /** Parses the name used in the API; empty if it is unknown. */
    public static Optional<Status> fromCode(String word) {
      Objects.requireNonNull(word, "word");
      return Stream.of(values()).filter(status -> status.code.equals(word)).findFirst();
    }
  }

  /** Returns the status; muting takes precedence over an acknowledgement. */
  public Status status() {
    return muted != null ? Status.MUTED : acknowledged != null ? Status.ACKNOWLEDGED : Status.OPEN;
  }

  /** Returns the number of known failures, or 0. */
  public int count() {
    return failures == null ? 0 : failures.count();
  }

  /** Returns the number of the endpoint's waiting deliveries; see {@link Undelivered#waiting}. */
  public int waiting() {
    return undelivered.waiting();
  }

  private int stuck() {
    return undelivered.waiting() + undelivered.blockedKeys();
  }

  private int rank() {
    return switch (health.state()) {
      case DISABLED -> 0;
      case BACKING_OFF, FAILING -> 1;
      case WORKING, RATE_LIMITED -> undelivered.blockedKeys() > 0 ? 1 : 2;
      case PAUSED -> 3;
    };
  }

  /**
   * Returns the cause as text: {@code 401}, {@code connect timeout}, or the reason for its state.
   */
  public String reason() {
    if (failures == null && !cause.equals(BLOCKED_KEYS)) {
      return health.reason();
    }
    return cause.replace('_', ' ');
  }

  /** Returns a string that is unique among the problems of a site. */
  public String key() {
    return endpoint.id() + "." + cause;
  }
}
