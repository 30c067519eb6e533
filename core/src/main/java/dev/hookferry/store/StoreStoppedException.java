package dev.hookferry.store;

/**
 * Thrown after the store has stopped permanently because it can no longer trust its storage; every
 * later call fails the same way. Only a restart helps; acknowledged data is kept.
 */
public final class StoreStoppedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public StoreStoppedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns false. */
  @Override
  public boolean isOutage() {
    return false;
  }
}
