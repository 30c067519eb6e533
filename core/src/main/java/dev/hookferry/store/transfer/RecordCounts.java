package dev.hookferry.store.transfer;

import java.util.List;
import java.util.Objects;

/**
 * Numbers of records. Immutable.
 *
 * @param records all records
 * @param events events among them
 * @param deliveries deliveries among them
 * @param attempts attempts among them
 */
public record RecordCounts(long records, long events, long deliveries, long attempts) {
  /** No records. */
  public static final RecordCounts ZERO = new RecordCounts(0, 0, 0, 0);

  /** Returns the numbers after further records. */
  public RecordCounts plus(List<TransferRecord> more) {
    Objects.requireNonNull(more, "more");
    long moreEvents = 0;
    long moreDeliveries = 0;
    long moreAttempts = 0;
    for (TransferRecord one : more) {
      if (one instanceof TransferRecord.StoredEvent) {
        moreEvents++;
      } else if (one instanceof TransferRecord.StoredDelivery) {
        moreDeliveries++;
      } else if (one instanceof TransferRecord.StoredAttempt) {
        moreAttempts++;
      }
    }
    return new RecordCounts(
        records + more.size(),
        events + moreEvents,
        deliveries + moreDeliveries,
        attempts + moreAttempts);
  }
}
