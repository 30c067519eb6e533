package dev.hookferry.store;

/**
 * Thrown when the store failed. Nothing was changed, unless it is an {@link
 * UnknownOutcomeException}.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Creates the exception without a cause. */
  public StoreException(String message) {
    super(message);
  }
}
