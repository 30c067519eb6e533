package dev.hookferry.refusal;

/** Thrown when a valid request conflicts with the current state. */
public final class ConflictException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message describes the conflict. */
  public ConflictException(String message) {
    super(message);
  }
}
