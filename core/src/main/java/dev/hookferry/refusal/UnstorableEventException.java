package dev.hookferry.refusal;

/**
 * Thrown when the store rejects the event itself, so that repeating the publish fails too; nothing
 * was accepted. A fault of the store or of Hookferry, not of the caller; see the cause.
 */
public final class UnstorableEventException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public UnstorableEventException(String message, Throwable cause) {
    super(message);
    initCause(cause);
  }
}
