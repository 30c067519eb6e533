package dev.hookferry.store.transfer;

import java.util.Optional;

/**
 * One pass over the records of a source. Methods may block, and throw {@link
 * dev.hookferry.store.StoreException} if the store fails or its content is damaged. Not
 * thread-safe.
 */
public interface TransferReader extends AutoCloseable {
  /** Returns the next batch of records, a few thousand at most; empty at the end. */
  Optional<TransferBatch> next();

  /** Closes the reader. Idempotent. */
  @Override
  void close();
}
