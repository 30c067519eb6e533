package dev.hookferry.file;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.file.JournalRecord.ChangeRecord;
import dev.hookferry.file.JournalRecord.EventRecord;
import java.io.IOException;
import java.util.Optional;

/**
 * Follows the journal in memory: what a record changes, when it was just committed and when it is
 * read again. To follow records once more that were followed already ends in the same state, as
 * long as all later ones are followed once more too.
 */
final class Ledger {
  private final PendingIndex pending;
  private final Lookup lookup;

  Ledger(PendingIndex pending, Lookup lookup) {
    this.pending = pending;
    this.lookup = lookup;
  }

  /** Makes an event's deliveries pending. */
  void follow(EventRecord event, Place place) {
    for (Delivery delivery : event.deliveries()) {
      pending.put(Pending.of(delivery, place, event.payloadSize()));
    }
  }

  /** Follows a delivery's change; one of a forgotten event is passed over. */
  void follow(ChangeRecord change) throws IOException {
    Delivery delivery = change.delivery();
    int slot = pending.find(delivery.id());
    if (slot >= 0 && delivery.state().isFinal()) {
      pending.remove(slot);
    } else if (slot >= 0) {
      pending.update(slot, change);
    } else if (!delivery.state().isFinal()) {
      Optional<Lookup.Found> event = lookup.event(delivery.site(), delivery.event());
      event
          .filter(found -> found.place().sequence() == change.eventSequence())
          .ifPresent(
              found ->
                  pending.put(
                      Pending.of(delivery, found.place(), found.record().payloadSize())
                          .with(change.suspicion())));
    }
  }
}
