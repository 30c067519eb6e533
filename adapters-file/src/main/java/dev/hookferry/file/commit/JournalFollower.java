package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.file.search.RecordLookup;
import java.io.IOException;
import java.util.Optional;

/**
 * Applies journal records to the state in memory, both after a commit and during recovery. Records
 * may be applied twice: the final state is the same, provided that all later records are applied
 * again too.
 */
public final class JournalFollower implements JournalRecord.Fold<IOException> {
  private final PendingIndex pending;
  private final RecordLookup lookup;

  public JournalFollower(PendingIndex pending, RecordLookup lookup) {
    this.pending = pending;
    this.lookup = lookup;
  }

  /** Makes the deliveries of an event pending. */
  @Override
  public void event(EventRecord event, RecordPosition place) {
    for (Delivery delivery : event.deliveries()) {
      pending.put(PendingDelivery.of(delivery, place, event.payloadSize(), event.position()));
    }
  }

  /** Applies a delivery change; ignored if its event has expired. */
  @Override
  public void change(ChangeRecord change, RecordPosition place) throws IOException {
    Delivery delivery = change.delivery();
    int slot = pending.find(delivery.id());
    if (slot >= 0 && delivery.state().isFinal()) {
      pending.remove(slot);
    } else if (slot >= 0) {
      pending.update(slot, change);
    } else if (!delivery.state().isFinal()) {
      Optional<RecordLookup.LocatedEvent> event = lookup.event(delivery.site(), delivery.event());
      event
          .filter(found -> found.place().sequence() == change.eventSequence())
          .ifPresent(
              found ->
                  pending.put(
                      PendingDelivery.of(
                              delivery,
                              found.place(),
                              found.record().payloadSize(),
                              change.position())
                          .with(change.suspicion())));
    }
  }
}
