package org.example.store;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.Owner;
import dev.hookferry.store.ReplayStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A change to the store. The file is a list of facts; the tables follow from them. */
sealed interface Fact {
  /**
   * An event was accepted.
   *
   * @param number position among all events, from 1
   * @param deliveries the deliveries created together with the event
   */
  record EventAccepted(long number, Event event, List<DeliveryId> deliveries) implements Fact {}

  /**
   * A delivery was added or changed.
   *
   * @param owner the process that sends it, or null
   */
  record DeliveryChanged(Delivery delivery, Owner owner, CrashSuspicion suspicion)
      implements Fact {}

  /** An attempt was made. */
  record AttemptMade(Attempt attempt) implements Fact {}

  /** Events were deleted, with their deliveries and attempts. */
  record EventsPurged(List<EventName> events) implements Fact {}

  /** The name of an event, whose id is unique only within its site. */
  record EventName(SiteId site, EventId id) {}

  /**
   * The configuration was changed.
   *
   * @param version the new version
   */
  record ConfigSaved(long version, List<ConfigEntry> entries) implements Fact {}

  /** An entry was added to the audit log. */
  record AuditAppended(AuditEntry entry) implements Fact {}

  /** Entries of the audit log before a time were deleted. */
  record AuditPurged(Instant before) implements Fact {}

  /** A replay was added or changed. */
  record ReplaySaved(ReplayStore.ReplayEntry replay) implements Fact {}

  /** A replay was deleted. */
  record ReplayRemoved(UUID id) implements Fact {}
}
