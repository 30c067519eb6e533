package dev.hookferry.store;

/**
 * Thrown when a batch contains an entry that can never be written; nothing of the batch was
 * written. The store itself is healthy and accepts a batch without that entry. The engine finds the
 * entry by bisecting the batch, so that only that entry fails.
 */
public final class RejectedBatchException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public RejectedBatchException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns false, because the store itself is healthy. */
  @Override
  public boolean isOutage() {
    return false;
  }
}
