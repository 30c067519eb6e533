package dev.hookferry.file.pending;

import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.id.DeliveryId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Translates between a row and the delivery in it. */
final class PendingRow {
  private PendingRow() {}

  /** Writes a delivery into a slot that already contains its id. */
  static void write(
      PendingRows rows, NumberedNames names, int slot, PendingDelivery pending, int owner) {
    rows.set(slot, PendingRows.DUE, pending.dueAt().toEpochMilli());
    rows.set(slot, PendingRows.CREATED, pending.createdAt().toEpochMilli());
    rows.set(slot, PendingRows.EVENT, pending.event().sequence());
    rows.set(slot, PendingRows.POSITION, pending.event().packed());
    rows.set(
        slot,
        PendingRows.SEGMENT,
        IndexEntry.pair(pending.event().segment(), pending.payloadSize()));
    int kind = names.kind(new NumberedNames.Kind(pending.site(), pending.type()));
    rows.set(slot, PendingRows.LANE, IndexEntry.pair(names.lane(pending.endpoint()), kind));
    rows.set(
        slot,
        PendingRows.ATTEMPTS,
        IndexEntry.pair(DeliveryHistory.packed(pending.attempts(), pending.suspicion()), owner));
  }

  /** Returns the delivery in a slot. */
  static PendingDelivery read(
      PendingRows rows, NumberedNames names, int slot, @Nullable KeyTurn turn) {
    int history = rows.upper(slot, PendingRows.ATTEMPTS);
    NumberedNames.Kind kind = names.kind(rows.lower(slot, PendingRows.LANE));
    long position = rows.get(slot, PendingRows.POSITION);
    RecordPosition event =
        new RecordPosition(
            rows.upper(slot, PendingRows.SEGMENT),
            rows.get(slot, PendingRows.EVENT),
            IndexEntry.upper(position),
            IndexEntry.lower(position));
    return new PendingDelivery(
        new DeliveryId(new UUID(rows.get(slot, PendingRows.HIGH), rows.get(slot, PendingRows.LOW))),
        kind.site(),
        kind.type(),
        names.endpoint(rows.upper(slot, PendingRows.LANE)),
        DeliveryHistory.attempts(history),
        Instant.ofEpochMilli(rows.get(slot, PendingRows.CREATED)),
        Instant.ofEpochMilli(rows.get(slot, PendingRows.DUE)),
        event,
        rows.lower(slot, PendingRows.SEGMENT),
        DeliveryHistory.suspicion(history),
        turn);
  }
}
