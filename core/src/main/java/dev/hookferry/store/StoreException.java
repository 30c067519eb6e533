package dev.hookferry.store;

/** The store failed. Unless it is an {@link UnknownOutcomeException}, nothing was changed. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with its cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A failure found by the store itself. */
  public StoreException(String message) {
    super(message);
  }
}
