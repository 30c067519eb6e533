package dev.hookferry.store;

/**
 * Thrown after the store has stopped permanently because it cannot trust its storage. Every later
 * call fails the same way until the process is restarted; acknowledged data is kept.
 */
public final class StoreStoppedException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public StoreStoppedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Returns false, because the store has stopped permanently. */
  @Override
  public boolean isOutage() {
    return false;
  }
}
