package dev.hookferry.store;

/**
 * Thrown when a query was stopped because it took too long; the message states what to do about it.
 */
public final class QueryTimeoutException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public QueryTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns false, because only this query was too slow. */
  @Override
  public boolean isOutage() {
    return false;
  }
}
