package dev.hookferry.store;

/**
 * Thrown when a query was stopped because it took too long; the message says what to do about it.
 */
public final class QueryTimeoutException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public QueryTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns false. */
  @Override
  public boolean isOutage() {
    return false;
  }
}
