package dev.hookferry.store.transfer;

import java.util.Optional;

/**
 * An empty store that is being filled from a source. Between {@link #begin} and {@link #finish},
 * the store is in transfer, and opening it normally throws {@link StoreInTransferException}. An
 * interrupted transfer is resumed with the records after {@link TransferMark#position}.
 *
 * <p>All records keep their ids and times, and the configuration keeps the version of the origin.
 * Events with the same acceptance time are listed in the order in which they were written.
 *
 * <p>Methods may block, and throw {@link dev.hookferry.store.StoreException} if the store fails.
 * Not thread-safe.
 */
public interface TransferTarget extends AutoCloseable {
  /** Returns the progress of the unfinished transfer into this store; empty if there is none. */
  Optional<TransferMark> mark();

  /**
   * Begins a transfer. The mark is durable when this returns.
   *
   * @param mark a mark without a position
   * @throws dev.hookferry.refusal.ConflictException if the store is not empty or another transfer
   *     is unfinished; the message states which, and nothing was changed
   */
  void begin(TransferMark mark);

  /**
   * Writes a batch and its position atomically: after an interruption, either both are present or
   * neither is. They may become durable later, but before any later batch, and no later than when
   * {@link #finish} returns. The boundary between two batches may separate an event from its
   * deliveries, or a delivery from its attempts.
   */
  void write(TransferBatch batch);

  /**
   * Finishes the transfer. When this returns, everything is durable, and the store can be opened.
   */
  void finish();

  /** Closes the target; an unfinished transfer can be resumed. Idempotent. */
  @Override
  void close();
}
