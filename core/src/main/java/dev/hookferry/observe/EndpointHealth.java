package dev.hookferry.observe;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.filter.Filter;
import dev.hookferry.limit.SendRate;
import dev.hookferry.site.Site;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of an endpoint in one word, and the reason in one phrase: the only source of both for the
 * API, the command line, the console and the metrics. Immutable.
 *
 * <p>Only the node that observed a back-off knows it. Consecutive failures are counted across
 * restarts and nodes. Whether an endpoint is paused or disabled is configuration.
 *
 * @param state the state
 * @param reason why it is in this state, such as {@code backing off until 17:01:00 UTC after 45
 *     consecutive failures}; empty while working
 * @param failures consecutive failed attempts
 * @param until end of the back-off; null if sending is not blocked, or only a user can resume it
 * @param isProbed whether only one request at a time is sent, because the receiver does not respond
 *     or asks for pauses
 * @param ownFault the local failure that stops attempts before they reach the endpoint, or null
 */
public record EndpointHealth(
    State state,
    String reason,
    int failures,
    @Nullable Instant until,
    boolean isProbed,
    @Nullable OwnFault ownFault) {
  /** Consecutive failures after which an endpoint is failing. */
  public static final int FAILING_AFTER = 10;

  /** The health of an endpoint without known failures. */
  public static final EndpointHealth WORKING = sending(0, null);

  /** Prefix of the reason for an endpoint that backs off. */
  static final String BACKING_OFF_UNTIL = "backing off until ";

  /** Prefix of the reason for an endpoint that this process cannot send to. */
  static final String OWN_FAULT = "attempts fail inside Hookferry: ";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  public EndpointHealth {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
  }

  /** State of an endpoint. */
  public enum State {
    /** Deliveries go out. */
    WORKING,
    /**
     * The receiver does not respond, or has responded to ten consecutive attempts with 502, 503 or
     * 504: one request at a time goes out, with pauses in between.
     */
    BACKING_OFF,
    /**
     * Ten or more consecutive attempts have failed, or attempts fail inside Hookferry; or a stored
     * filter cannot be read and lets no event pass.
     */
    FAILING,
    /**
     * Nothing is sent for a while, because of a 429, 502, 503 or 504, or a Retry-After, although
     * the endpoint is not considered down; or its own rate limit is exceeded.
     */
    RATE_LIMITED,
    /** Deliveries are held: a user paused the endpoint, or webHooksEnabled is off. */
    PAUSED,
    /** Deliveries are held: Hookferry disabled the endpoint. */
    DISABLED;

    /** Returns the lower-case name used in the API, such as {@code backing_off}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the display label, such as {@code backing off}. */
    public String label() {
      return code().replace('_', ' ');
    }
  }

  /**
   * Returns the health of an endpoint to which sending is not slowed.
   *
   * @param failures consecutive failed attempts
   * @param ownFault the local failure that stops attempts before they reach the endpoint, or null
   */
  public static EndpointHealth sending(int failures, @Nullable OwnFault ownFault) {
    if (ownFault != null) {
      String reason = OWN_FAULT + ownFault.reason();
      return new EndpointHealth(State.FAILING, reason, failures, null, false, ownFault);
    }
    return failures >= FAILING_AFTER
        ? new EndpointHealth(State.FAILING, consecutive(failures), failures, null, false, null)
        : new EndpointHealth(State.WORKING, "", failures, null, false, null);
  }

  /**
   * Returns the health of an endpoint to which sending is slowed or temporarily stopped.
   *
   * @param state {@link State#BACKING_OFF} or {@link State#RATE_LIMITED}
   * @param failures consecutive failed attempts
   * @param until end of the back-off; null if it is over
   * @param isProbed whether only one request at a time is sent after it
   */
  public static EndpointHealth slowed(
      State state, int failures, @Nullable Instant until, boolean isProbed) {
    Objects.requireNonNull(state, "state");
    String reason = "one request at a time after " + consecutive(failures);
    if (until != null) {
      reason =
          state == State.RATE_LIMITED
              ? "rate limited until " + TIME.format(until) + " because of its last response"
              : BACKING_OFF_UNTIL + TIME.format(until) + " after " + consecutive(failures);
    }
    return new EndpointHealth(state, reason, failures, until, isProbed, null);
  }

  /**
   * Returns the health of an endpoint that responded with 410 Gone and is about to be disabled.
   *
   * @param failures consecutive failed attempts
   */
  public static EndpointHealth gone(int failures) {
    String reason = "disabled: the receiver responded with 410 Gone";
    return new EndpointHealth(State.DISABLED, reason, failures, null, false, null);
  }

  /**
   * Returns the health of an endpoint whose attempts fail before they reach it: there is no access
   * token, no signature by the signer of its site, or no connection through its egress.
   *
   * @param failures consecutive failed attempts that reached the receiver
   * @param why the reason of the last attempt
   * @param until end of the back-off, or null
   * @param isProbed whether only one request at a time is sent until one gets through
   */
  public static EndpointHealth unreached(
      int failures, String why, @Nullable Instant until, boolean isProbed) {
    Objects.requireNonNull(why, "why");
    return new EndpointHealth(State.FAILING, why, failures, until, isProbed, null);
  }

  /**
   * Returns the health of every endpoint on a node with delivery switched off.
   *
   * @param why such as {@code noDelivery is set}
   */
  public static EndpointHealth deliveryOff(String why) {
    Objects.requireNonNull(why, "why");
    return WORKING.held(State.PAUSED, "delivery is off on this node: " + why);
  }

  /**
   * Returns this health with a rate that holds back due deliveries.
   *
   * @param rate the rate, or null if it holds nothing back
   */
  public EndpointHealth limitedTo(@Nullable SendRate rate) {
    return rate == null || state != State.WORKING
        ? this
        : new EndpointHealth(
            State.RATE_LIMITED, "limited to " + rate, failures, null, false, ownFault);
  }

  /**
   * Returns this health adjusted for the endpoint's configuration, which may hold its deliveries or
   * have an unreadable filter.
   *
   * @param site the endpoint's site
   */
  public EndpointHealth under(Endpoint endpoint, Site site) {
    if (!Objects.requireNonNull(site, "site").holds(endpoint)) {
      return withFilter(endpoint.filter());
    }
    String disabled = endpoint.status().reason();
    if (disabled != null) {
      return held(State.DISABLED, "disabled: " + disabled);
    }
    String why = endpoint.enabled() ? "webHooksEnabled is off for this site" : "endpoint paused";
    return held(State.PAUSED, why);
  }

  /**
   * Returns this health, or failing if the filter cannot be read: the endpoint then gets no events.
   */
  private EndpointHealth withFilter(@Nullable Filter filter) {
    if (filter == null || state != State.WORKING) {
      return this;
    }
    return filter
        .problem()
        .map(why -> "its filter cannot be read and matches nothing: " + why)
        .map(why -> new EndpointHealth(State.FAILING, why, failures, null, false, null))
        .orElse(this);
  }

  private EndpointHealth held(State held, String why) {
    return new EndpointHealth(held, why, failures, null, false, ownFault);
  }

  /**
   * Returns the health at a later time, assuming that nothing is sent until then: a back-off may
   * have ended.
   */
  public EndpointHealth at(Instant now) {
    Objects.requireNonNull(now, "now");
    if (until == null || until.isAfter(now)) {
      return this;
    }
    if (isUnreached()) {
      return unreached(failures, reason, null, isProbed);
    }
    return isProbed ? slowed(state, failures, null, true) : sending(failures, null);
  }

  /** Returns whether this was built by {@link #unreached} and slows sending; its reason is kept. */
  private boolean isUnreached() {
    return state == State.FAILING && isSlowed();
  }

  /**
   * Returns the same health with at least this many consecutive failures, for callers who know of
   * failures on other nodes or before a restart.
   */
  public EndpointHealth withFailures(int atLeast) {
    if (atLeast <= failures) {
      return this;
    }
    if (isUnreached()) {
      return unreached(atLeast, reason, until, isProbed);
    }
    if (isSlowed()) {
      return slowed(state, atLeast, until, isProbed);
    }
    boolean isByFailures =
        !isHeld() && (state == State.WORKING || failures >= FAILING_AFTER || ownFault != null);
    return isByFailures
        ? sending(atLeast, ownFault)
        : new EndpointHealth(state, reason, atLeast, null, false, ownFault);
  }

  /** Returns whether it is failing by its state, or not held and has ten or more failures. */
  public boolean isFailing() {
    return state == State.FAILING || (!isHeld() && failures >= FAILING_AFTER);
  }

  /**
   * Returns whether the endpoint has one to nine consecutive failures, too few to call it failing,
   * and is working or limited only by its own rate. The failed deliveries are retried. {@code
   * EndpointListing} of the command line applies the same rule to the API's JSON.
   */
  public boolean isRetrying() {
    boolean isSent = state == State.WORKING || (state == State.RATE_LIMITED && !isSlowed());
    return isSent && failures > 0 && failures < FAILING_AFTER;
  }

  /** Returns whether sending is blocked until a user acts. */
  public boolean isHeld() {
    return state == State.PAUSED || state == State.DISABLED;
  }

  /** Returns whether recent outcomes slow or stop the sending of due deliveries. */
  public boolean isSlowed() {
    return isProbed || until != null;
  }

  /** Returns whether sending is blocked now. */
  public boolean isOnHold() {
    return isHeld() || until != null;
  }

  static String consecutive(int failures) {
    return String.format(Locale.ENGLISH, "%,d consecutive failures", failures);
  }
}
