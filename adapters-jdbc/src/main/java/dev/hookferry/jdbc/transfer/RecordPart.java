package dev.hookferry.jdbc.transfer;

import dev.hookferry.store.transfer.TransferBatch;
import org.jspecify.annotations.Nullable;

/** A part of a store that is read in an order of its own. */
interface RecordPart {
  /** Returns the next records with the position after them within this part; null at the end. */
  @Nullable TransferBatch next();
}
