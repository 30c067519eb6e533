package dev.hookferry.store;

/**
 * Thrown when the store failed during a commit that may or may not have taken effect. Committing
 * the same batch again is safe, because entries already stored are recognized by their ids.
 */
public final class UnknownOutcomeException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
