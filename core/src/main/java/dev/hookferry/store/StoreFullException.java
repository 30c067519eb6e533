package dev.hookferry.store;

/**
 * Thrown when there is no room for new events; nothing was changed. Commits without publications
 * still succeed, so that existing deliveries can be processed.
 */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public StoreFullException(String message) {
    super(message);
  }
}
