package dev.hookferry.refusal;

/**
 * The store rejects the event itself, so a repeat fails as well; nothing was accepted. A fault of
 * the store or of Hookferry, not of the caller: the cause says more.
 */
public final class UnstorableEventException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Refuses an event because of what the store said. */
  public UnstorableEventException(String message, Throwable cause) {
    super(message);
    initCause(cause);
  }
}
