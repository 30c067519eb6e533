package dev.hookferry.endpoint;

import dev.hookferry.refusal.Problems;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Status of an endpoint: whether it is enabled, since when and, if Hookferry disabled it, why.
 *
 * @param enabled whether deliveries are sent; otherwise they are held
 * @param reason why Hookferry disabled the endpoint; null if a user paused it or if it is enabled
 * @param since when the status last changed, or null if it never has
 * @param perSecond release rate, in deliveries per second and node, of those that were held until
 *     {@code since}; null for no limit
 * @param disablesAt when Hookferry will disable the endpoint unless an attempt succeeds before
 *     then; null if that is not planned
 */
public record EndpointStatus(
    boolean enabled,
    @Nullable String reason,
    @Nullable Instant since,
    @Nullable Integer perSecond,
    @Nullable Instant disablesAt) {
  /** Maximum release rate, in deliveries per second. */
  public static final int MAX_PER_SECOND = 10_000;

  private static final int MAX_REASON = 500;

  /** The status of a new endpoint. */
  public static final EndpointStatus ENABLED = new EndpointStatus(true, null, null, null, null);

  public EndpointStatus {
    Problems problems = new Problems();
    problems.require(
        perSecond == null || (1 <= perSecond && perSecond <= MAX_PER_SECOND),
        "perSecond",
        "must be from 1 to " + MAX_PER_SECOND);
    problems.throwIfAny();
    if (enabled && reason != null) {
      throw new IllegalArgumentException(
          "an enabled endpoint cannot have a disable reason: " + reason);
    }
    if (!enabled && disablesAt != null) {
      throw new IllegalArgumentException(
          "a disabled endpoint cannot be scheduled for disabling at " + disablesAt);
    }
    reason =
        reason == null || reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
  }

  /** Returns the status of an endpoint that a user paused. */
  public static EndpointStatus paused(@Nullable Instant when) {
    return new EndpointStatus(false, null, when, null, null);
  }

  /** Returns the status of an endpoint that Hookferry disabled. */
  public static EndpointStatus disabled(String reason, Instant when) {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(when, "when");
    return new EndpointStatus(false, reason, when, null, null);
  }

  /**
   * Returns the status of an endpoint that a user resumed.
   *
   * @param perSecond release rate for held deliveries, per second and node; null for no limit
   * @throws dev.hookferry.refusal.InvalidException if the rate is out of range
   */
  public static EndpointStatus resumed(Instant when, @Nullable Integer perSecond) {
    Objects.requireNonNull(when, "when");
    return new EndpointStatus(true, null, when, perSecond, null);
  }

  /**
   * Returns a copy, for an enabled endpoint, with the time at which Hookferry will disable it.
   *
   * @param when null if that is not planned
   */
  public EndpointStatus disablingAt(@Nullable Instant when) {
    return new EndpointStatus(enabled, reason, since, perSecond, when);
  }

  /** Returns whether another status differs, not counting {@link #disablesAt}. */
  public boolean differs(EndpointStatus other) {
    Objects.requireNonNull(other, "other");
    return !disablingAt(null).equals(other.disablingAt(null));
  }
}
