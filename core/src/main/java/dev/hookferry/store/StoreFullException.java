package dev.hookferry.store;

/**
 * There is no room for new events; nothing was changed. What changes deliveries that are there
 * already can still be written: a commit without publications succeeds.
 */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** A refusal with its reason. */
  public StoreFullException(String message) {
    super(message);
  }
}
