package dev.hookferry.store;

/**
 * Something that the batch holds cannot be written, now or later, for what it is; nothing of the
 * batch was written. The store itself is well: a batch without that would pass. Whoever committed
 * finds out by halves which it is.
 */
public final class RejectedBatchException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** A refusal with its cause. */
  public RejectedBatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
