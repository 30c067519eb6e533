package org.example.store;

import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.id.DeliveryId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * An event and its deliveries.
 *
 * @param number position among all events
 * @param published deliveries created together with the event
 * @param deliveries all deliveries
 */
record EventRow(long number, Event event, List<DeliveryId> published, Set<DeliveryId> deliveries) {
  EventRow(long number, Event event, List<DeliveryId> published) {
    this(number, event, published, new LinkedHashSet<>(published));
  }

  /** Returns the idempotency key, or null. */
  String key() {
    return event.idempotence() == null ? null : event.idempotence().key();
  }

  /** Returns a string that sorts by acceptance time. */
  String place() {
    return "%016x-%016x".formatted(event.acceptedAt().toEpochMilli(), number);
  }

  /** Returns whether two events of a site have the same id or idempotency key. */
  boolean sharesNameWith(EventRow other) {
    return event.site().equals(other.event.site())
        && (event.id().equals(other.event.id()) || (key() != null && key().equals(other.key())));
  }

  /** Returns whether publishing this event repeats an earlier one. */
  boolean repeats(EventRow earlier) {
    Idempotence mine = event.idempotence();
    Idempotence theirs = earlier.event.idempotence();
    return mine != null && theirs != null && mine.fingerprint().equals(theirs.fingerprint());
  }

  /** Returns whether this event was stored by an earlier try of the same commit. */
  boolean isSameAs(EventRow earlier) {
    return event.id().equals(earlier.event.id())
        && event.acceptedAt().equals(earlier.event.acceptedAt())
        && Objects.equals(event.idempotence(), earlier.event.idempotence())
        && published.equals(earlier.published);
  }
}
