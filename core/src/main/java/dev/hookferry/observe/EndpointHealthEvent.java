package dev.hookferry.observe;

import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * A change of an endpoint's health that this node observed.
 *
 * @param kind the kind of change
 * @param site the site of the endpoint
 * @param endpoint the endpoint
 * @param cause the type of the event whose delivery revealed the change
 * @param reason human-readable explanation; contains no secrets
 * @param failures consecutive failed attempts
 * @param at when it was observed, by the store's clock
 */
public record EndpointHealthEvent(
    Kind kind,
    SiteId site,
    EndpointId endpoint,
    EventType cause,
    String reason,
    int failures,
    Instant at) {
  public EndpointHealthEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(at, "at");
  }

  /** Kind of change. */
  public enum Kind {
    /** Ten consecutive attempts have failed. */
    FAILING,
    /**
     * The receiver responded with 410 Gone, or the endpoint has failed for too long; it is about to
     * be disabled.
     */
    GONE,
    /** The endpoint has failed for a long time and will be disabled unless an attempt succeeds. */
    DISABLING,
    /** A failing endpoint has recovered. */
    RECOVERED;

    /** Returns the lower-case name, as metrics and messages show it, such as {@code failing}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns whether the delivery of an operational event revealed the change. Such changes are not
   * published as operational events, which would feed back on themselves.
   */
  public boolean isAboutOperationalEvents() {
    return OperationalEvents.contains(cause);
  }
}
