package dev.hookferry.port;

/** A look was stopped because it took too long; its message says what can be done about it. */
public final class TookTooLongException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** A look that was stopped. */
  public TookTooLongException(String message, Throwable cause) {
    super(message, cause);
  }
}
