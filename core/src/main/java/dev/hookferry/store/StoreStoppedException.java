package dev.hookferry.store;

/**
 * The store has stopped for good, because it can no longer trust what it stands on: every later
 * call fails like this one. Only a new start helps; what was acknowledged is kept.
 */
public final class StoreStoppedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** A stop with its cause. */
  public StoreStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}
