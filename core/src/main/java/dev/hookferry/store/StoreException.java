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

  /**
   * Returns whether the store as a whole is unavailable for now; false if only this call was
   * refused or too slow, or if the store has stopped for good.
   */
  public boolean isOutage() {
    return true;
  }
}
