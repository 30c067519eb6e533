package dev.hookferry.store.transfer;

import java.util.Optional;

/** Changes records on their way, for example to reseal secrets. Called by one thread at a time. */
@FunctionalInterface
public interface RecordChange {
  /** Leaves every record as it is. */
  RecordChange NONE = Optional::of;

  /** Returns the changed record; empty to leave it out. */
  Optional<TransferRecord> of(TransferRecord stored);
}
