package dev.hookferry.store;

/** A look was stopped because it took too long; its message says what can be done about it. */
public final class QueryTimeoutException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** A look that was stopped. */
  public QueryTimeoutException(String message, Throwable cause) {
    super(message, cause);
  }
}
