package dev.hookferry.body;

/** Thrown when no body can be made of an event; the message is for the log of attempts. */
public final class BodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public BodyException(String message) {
    super(message);
  }

  /** Creates the exception with its cause. */
  public BodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
