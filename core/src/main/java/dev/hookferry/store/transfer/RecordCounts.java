package dev.hookferry.store.transfer;

import java.util.List;
import java.util.Objects;

/**
 * Numbers of records by kind. Immutable.
 *
 * @param records all records
 * @param events events among them
 * @param deliveries deliveries among them
 * @param attempts attempts among them
 */
public record RecordCounts(long records, long events, long deliveries, long attempts) {
  /** No records. */
  public static final RecordCounts ZERO = new RecordCounts(0, 0, 0, 0);

  /** Returns the numbers including these additional records. */
  public RecordCounts plus(List<TransferRecord> more) {
    Objects.requireNonNull(more, "more");
    Counter counter = new Counter();
    for (TransferRecord one : more) {
      Counter unused = one.fold(counter);
    }
    return new RecordCounts(
        records + more.size(),
        events + counter.events,
        deliveries + counter.deliveries,
        attempts + counter.attempts);
  }

  /** Counter that returns itself after each record. */
  private static final class Counter implements TransferRecord.Fold<Counter> {
    private long events;
    private long deliveries;
    private long attempts;

    @Override
    public Counter config(TransferRecord.StoredConfig config) {
      return this;
    }

    @Override
    public Counter replay(TransferRecord.StoredReplay replay) {
      return this;
    }

    @Override
    public Counter audit(TransferRecord.StoredAuditEntry audit) {
      return this;
    }

    @Override
    public Counter tally(TransferRecord.StoredTally tally) {
      return this;
    }

    @Override
    public Counter event(TransferRecord.StoredEvent event) {
      events++;
      return this;
    }

    @Override
    public Counter delivery(TransferRecord.StoredDelivery delivery) {
      deliveries++;
      return this;
    }

    @Override
    public Counter attempt(TransferRecord.StoredAttempt attempt) {
      attempts++;
      return this;
    }
  }
}
