package dev.hookferry.refusal;

/** The request is well formed but does not fit the present state. */
public final class ConflictException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Refuses a request; the message says what stands against it. */
  public ConflictException(String message) {
    super(message);
  }
}
