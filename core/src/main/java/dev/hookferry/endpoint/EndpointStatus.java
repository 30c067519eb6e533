package dev.hookferry.endpoint;

import dev.hookferry.refusal.Problems;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether deliveries go out to an endpoint, since when, and why not.
 *
 * @param enabled whether they go out; while not, they are held
 * @param reason why Hookferry itself disabled the endpoint; null if a person paused it, and while
 *     it is enabled
 * @param since when it came to be so, or null if it has been so since its registration
 * @param perSecond how many of the deliveries that were held until {@code since} go out in a
 *     second, on each node; null for no bound
 */
public record EndpointStatus(
    boolean enabled,
    @Nullable String reason,
    @Nullable Instant since,
    @Nullable Integer perSecond) {
  /** The greatest rate at which held deliveries can be released. */
  public static final int MAX_PER_SECOND = 10_000;

  private static final int MAX_REASON = 500;

  /** Enabled since its registration. */
  public static final EndpointStatus ENABLED = new EndpointStatus(true, null, null, null);

  public EndpointStatus {
    Problems problems = new Problems();
    problems.require(
        perSecond == null || (1 <= perSecond && perSecond <= MAX_PER_SECOND),
        "perSecond",
        "must be from 1 to " + MAX_PER_SECOND);
    problems.throwIfAny();
    if (enabled && reason != null) {
      throw new IllegalArgumentException("enabled, and yet disabled because " + reason);
    }
    reason =
        reason == null || reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
  }

  /** Held because a person wants it. */
  public static EndpointStatus paused(@Nullable Instant when) {
    return new EndpointStatus(false, null, when, null);
  }

  /** Held because Hookferry found that nothing can be delivered. */
  public static EndpointStatus disabled(String reason, Instant when) {
    return new EndpointStatus(false, reason, when, null);
  }

  /**
   * Going on again.
   *
   * @param perSecond how many held deliveries go out in a second, or null for no bound
   * @throws dev.hookferry.refusal.InvalidException if the rate is out of bounds
   */
  public static EndpointStatus resumed(Instant when, @Nullable Integer perSecond) {
    return new EndpointStatus(true, null, when, perSecond);
  }
}
