package dev.hookferry.store;

/**
 * The store failed while a commit was under way: it may have happened or not. To commit the same
 * batch again is safe, since what it holds already is recognised by its ids.
 */
public final class UnknownOutcomeException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** An unknown outcome with its cause. */
  public UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
