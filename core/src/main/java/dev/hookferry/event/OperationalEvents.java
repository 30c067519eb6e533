package dev.hookferry.event;

import dev.hookferry.id.EventType;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Event types that Hookferry itself publishes about a site. They are delivered only to endpoints
 * that name the type exactly: {@code *} and prefixes such as {@code endpoint_*} do not match,
 * because a receiver of license events does not expect them.
 */
public final class OperationalEvents {
  /** Ten consecutive attempts to an endpoint failed. */
  public static final EventType FAILING = new EventType("endpoint_failing");

  /** Hookferry will disable an endpoint within a day unless an attempt succeeds before then. */
  public static final EventType WILL_BE_DISABLED = new EventType("endpoint_will_be_disabled");

  /** Hookferry disabled an endpoint; its deliveries are held. */
  public static final EventType DISABLED = new EventType("endpoint_disabled");

  /** A failing endpoint has recovered. */
  public static final EventType RECOVERED = new EventType("endpoint_recovered");

  /** The client certificate of an endpoint expires within 30, 7 or 1 days, or has expired. */
  public static final EventType CERTIFICATE_EXPIRING =
      new EventType("endpoint_certificate_expiring");

  /** A signature of an endpoint ends within 14 days, or has ended. */
  public static final EventType SIGNATURE_ENDING = new EventType("endpoint_signature_ending");

  /** An ordering key of an endpoint has been blocked for longer than the limit. */
  public static final EventType KEY_BLOCKED = new EventType("key_blocked");

  /** Deliveries of a site ran out of retries; one event can report many deliveries. */
  public static final EventType EXHAUSTED = new EventType("delivery_exhausted");

  /** Deliveries are late across the whole store; published in the default site only. */
  public static final EventType BACKLOG_LATE = new EventType("backlog_late");

  /** A user's session in the customer's portal has started. */
  public static final EventType PORTAL_SESSION_STARTED = new EventType("portal.session_started");

  /** All operational event types. */
  public static final List<EventType> ALL =
      List.of(
          FAILING,
          WILL_BE_DISABLED,
          DISABLED,
          RECOVERED,
          CERTIFICATE_EXPIRING,
          SIGNATURE_ENDING,
          KEY_BLOCKED,
          EXHAUSTED,
          BACKLOG_LATE,
          PORTAL_SESSION_STARTED);

  private static final Set<EventType> SET = Set.copyOf(ALL);

  private OperationalEvents() {}

  /** Returns whether the type is operational. */
  public static boolean contains(EventType type) {
    Objects.requireNonNull(type, "type");
    return SET.contains(type);
  }
}
