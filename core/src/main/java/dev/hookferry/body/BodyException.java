package dev.hookferry.body;

/** Thrown if no body can be built for an event; the attempt log shows the message. */
public final class BodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Creates the exception. */
  public BodyException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Creates the exception with its cause. */
  public BodyException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** Returns the message. */
  public String reason() {
    return reason;
  }
}
