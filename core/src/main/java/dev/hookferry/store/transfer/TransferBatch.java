package dev.hookferry.store.transfer;

import java.util.List;
import java.util.Objects;

/**
 * Consecutive records of a source.
 *
 * @param records at least one
 * @param position where the source continues after these records: visible ASCII, at most 1,000
 *     characters, understood only by the kind of source that created it
 */
public record TransferBatch(List<TransferRecord> records, String position) {
  public TransferBatch {
    Objects.requireNonNull(records, "records");
    Objects.requireNonNull(position, "position");
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a batch must have at least one record");
    }
  }
}
