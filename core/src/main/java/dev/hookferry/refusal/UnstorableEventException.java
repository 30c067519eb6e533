package dev.hookferry.refusal;

/**
 * Thrown when the store rejects the event itself, so publishing it again would also fail; nothing
 * was accepted. The fault lies with the store or Hookferry, not the caller; see the cause.
 */
public final class UnstorableEventException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public UnstorableEventException(String message, Throwable cause) {
    super(message);
    initCause(cause);
  }
}
