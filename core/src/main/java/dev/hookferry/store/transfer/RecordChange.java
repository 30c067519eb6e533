package dev.hookferry.store.transfer;

import java.util.Optional;

/**
 * Transformation of records in transit, for example to reseal secrets. Called by one thread at a
 * time.
 */
@FunctionalInterface
public interface RecordChange {
  /** Leaves every record unchanged. */
  RecordChange NONE = Optional::of;

  /** Returns the changed record; empty to omit it. */
  Optional<TransferRecord> of(TransferRecord stored);
}
