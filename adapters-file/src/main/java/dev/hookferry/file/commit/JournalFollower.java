package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.file.search.RecordLookup;
import java.io.IOException;
import java.util.Optional;

/**
 * Follows the journal in memory: what a record changes, when it was just committed and when it is
 * read again. To follow records once more that were followed already ends in the same state, as
 * long as all later ones are followed once more too.
 */
public final class JournalFollower {
  private final PendingIndex pending;
  private final RecordLookup lookup;

  public JournalFollower(PendingIndex pending, RecordLookup lookup) {
    this.pending = pending;
    this.lookup = lookup;
  }

  /** Makes an event's deliveries pending. */
  public void follow(EventRecord event, RecordPosition place) {
    for (Delivery delivery : event.deliveries()) {
      pending.put(PendingDelivery.of(delivery, place, event.payloadSize()));
    }
  }

  /** Follows a delivery's change; one of a forgotten event is passed over. */
  public void follow(ChangeRecord change) throws IOException {
    Delivery delivery = change.delivery();
    int slot = pending.find(delivery.id());
    if (slot >= 0 && delivery.state().isFinal()) {
      pending.remove(slot);
    } else if (slot >= 0) {
      pending.update(slot, change);
    } else if (!delivery.state().isFinal()) {
      Optional<RecordLookup.Found> event = lookup.event(delivery.site(), delivery.event());
      event
          .filter(found -> found.place().sequence() == change.eventSequence())
          .ifPresent(
              found ->
                  pending.put(
                      PendingDelivery.of(delivery, found.place(), found.record().payloadSize())
                          .with(change.suspicion())));
    }
  }
}
