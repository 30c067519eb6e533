package dev.hookferry.observe;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Health of an endpoint as one node sees it. Kept only in that node's memory: after a restart every
 * endpoint counts as healthy, and nodes do not share it.
 *
 * @param state the state
 * @param failures consecutive failed attempts
 * @param restsUntil end of the back-off, or null if the endpoint is not backing off
 * @param ownFault the local failure that stops attempts before they reach the endpoint, or null
 */
public record EndpointHealth(
    State state, int failures, @Nullable Instant restsUntil, @Nullable OwnFault ownFault) {
  /** The health of an endpoint without known failures. */
  public static final EndpointHealth WELL = new EndpointHealth(State.WELL, 0, null);

  public EndpointHealth {
    Objects.requireNonNull(state, "state");
  }

  /** Creates the health of an endpoint without a local failure. */
  public EndpointHealth(State state, int failures, @Nullable Instant restsUntil) {
    this(state, failures, restsUntil, null);
  }

  /**
   * Returns the health at a later time, assuming that nothing is sent until then: a back-off may
   * have ended.
   */
  public EndpointHealth at(Instant now) {
    Objects.requireNonNull(now, "now");
    if (restsUntil == null || restsUntil.isAfter(now)) {
      return this;
    }
    return new EndpointHealth(
        state == State.THROTTLED ? State.WELL : state, failures, null, ownFault);
  }

  /** State of an endpoint's health. */
  public enum State {
    /** Attempts succeed, or too few have failed to matter. */
    WELL,
    /** The receiver asked for a pause. */
    THROTTLED,
    /** Many consecutive attempts failed; only one probe at a time is sent. */
    FAILING,
    /** The receiver responded with 410 Gone. */
    GONE;

    /** Returns the lower-case name used in the API, such as {@code failing}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
