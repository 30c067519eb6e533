package dev.hookferry.store.transfer;

import dev.hookferry.store.StoreException;

/** Thrown on opening a store that a transfer has filled only partly. */
public final class StoreInTransferException extends StoreException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param place human-readable name of the store, without credentials
   * @param mark the progress of the transfer
   */
  public StoreInTransferException(String place, TransferMark mark) {
    super(
        place + " was only partly filled from " + mark.origin().store(),
        "finish the transfer with --resume, or start over with an empty store",
        null);
  }

  /** Returns false, because the transfer must be resumed first. */
  @Override
  public boolean isOutage() {
    return false;
  }
}
