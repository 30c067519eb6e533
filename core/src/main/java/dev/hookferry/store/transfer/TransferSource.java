package dev.hookferry.store.transfer;

import org.jspecify.annotations.Nullable;

/**
 * The content of a store as a stream of records, consistent as of one moment. Reading changes
 * nothing in the store.
 *
 * <p>The order of the records is: the configuration, replays, audit entries and tallies; then the
 * events in order of acceptance, at least within their sites. Each event is followed by its
 * deliveries, and each delivery by its attempts in the order they were made. An unchanged store
 * always has the same order.
 *
 * <p>Methods may block, and throw {@link dev.hookferry.store.StoreException} if the store fails or
 * its content is damaged. Not thread-safe.
 */
public interface TransferSource extends AutoCloseable {
  /** Returns the properties of the store. */
  TransferOrigin origin();

  /**
   * Begins to read. A reader must be closed before the next one is opened. The memory that it needs
   * does not depend on the number of records.
   *
   * @param history how much of the past to read
   * @param after the position after which to read, from a batch of a source with the same {@link
   *     TransferOrigin#state} and the same history; null to read from the beginning
   * @throws IllegalArgumentException if the position is not one of this source
   */
  TransferReader read(TransferHistory history, @Nullable String after);

  /** Closes the source; the store remains as it was. Idempotent. */
  @Override
  void close();
}
