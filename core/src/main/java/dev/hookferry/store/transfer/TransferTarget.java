package dev.hookferry.store.transfer;

import java.util.Optional;

/**
 * An empty store that is being filled from a source. From {@link #begin} until {@link #finish} the
 * store is in transfer: opening it in the usual way throws {@link StoreInTransferException}. An
 * interrupted transfer is resumed with the records after {@link TransferMark#position}.
 *
 * <p>Ids and times of all records are kept. The configuration has the version of the origin. Events
 * are listed in the order in which they were written, as far as their times of acceptance are
 * equal.
 *
 * <p>Methods may block, and throw {@link dev.hookferry.store.StoreException} if the store fails.
 * Not thread-safe.
 */
public interface TransferTarget extends AutoCloseable {
  /** Returns the progress of the unfinished transfer into this store; empty if there is none. */
  Optional<TransferMark> mark();

  /**
   * Begins a transfer. Durable when it returns.
   *
   * @param mark without a position
   * @throws dev.hookferry.refusal.ConflictException if the store is not empty or another transfer
   *     is unfinished; the message says so and nothing was changed
   */
  void begin(TransferMark mark);

  /**
   * Writes a batch and its position atomically: after an interruption either both are there or
   * neither. May become durable later, but before any later batch and when {@link #finish} returns
   * at the latest. A batch may end and the next one begin between an event and its deliveries, or
   * between a delivery and its attempts.
   */
  void write(TransferBatch batch);

  /** Ends the transfer: everything is durable, and the store can be opened. */
  void finish();

  /** Closes the target; an unfinished transfer can be resumed. Idempotent. */
  @Override
  void close();
}
