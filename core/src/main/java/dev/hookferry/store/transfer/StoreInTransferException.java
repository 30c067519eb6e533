package dev.hookferry.store.transfer;

import dev.hookferry.store.StoreException;

/** Thrown when a store is opened that was only partly filled by a transfer. */
public final class StoreInTransferException extends StoreException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param place human-readable name of the store; no credentials
   * @param mark the progress of the transfer
   */
  public StoreInTransferException(String place, TransferMark mark) {
    super(
        place + " was only partly filled from " + mark.origin().store(),
        "finish that with --resume, or begin again with an empty store",
        null);
  }

  /** Returns false. */
  @Override
  public boolean isOutage() {
    return false;
  }
}
