package dev.hookferry.jdbc.transfer;

import dev.hookferry.store.transfer.TransferBatch;
import org.jspecify.annotations.Nullable;

/** A part of a store, with its own order of records. */
interface RecordPart {
  /** Returns the next records with the position after them within this part; null at the end. */
  @Nullable TransferBatch next();
}
