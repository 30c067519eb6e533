package dev.hookferry.observe;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint fares as one node sees it. Kept in that node's memory only: a new start begins
 * with every endpoint well, and nodes of one store learn it each for itself.
 *
 * @param state in a word
 * @param failures attempts that failed since the last one that did not
 * @param restsUntil until when nothing is sent, or null if nothing keeps it from being sent
 * @param ownFault why attempts fail at this node before they reach the endpoint, or null if they do
 *     not
 */
public record EndpointHealth(
    State state, int failures, @Nullable Instant restsUntil, @Nullable OwnFault ownFault) {
  /** Nothing is known against it. */
  public static final EndpointHealth WELL = new EndpointHealth(State.WELL, 0, null);

  /** The health of an endpoint whose attempts do not fail on our side. */
  public EndpointHealth(State state, int failures, @Nullable Instant restsUntil) {
    this(state, failures, restsUntil, null);
  }

  /** As it is at a later moment, if nothing was sent meanwhile: a rest comes to its end. */
  public EndpointHealth at(Instant now) {
    if (restsUntil == null || restsUntil.isAfter(now)) {
      return this;
    }
    return new EndpointHealth(
        state == State.THROTTLED ? State.WELL : state, failures, null, ownFault);
  }

  /** How it fares, in a word. */
  public enum State {
    /** It takes what it gets, or has not failed often. */
    WELL,
    /** It asked to be spared for a while. */
    THROTTLED,
    /** It failed often in a row; one request at a time finds out whether it is back. */
    FAILING,
    /** It said that it is gone for good. */
    GONE;

    /** The word on the wire, such as {@code failing}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
