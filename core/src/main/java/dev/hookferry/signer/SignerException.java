package dev.hookferry.signer;

/** Thrown when a signer cannot sign; the message appears in the attempt log. */
public final class SignerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Creates the exception with its message. */
  public SignerException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Creates the exception with its message and cause. */
  public SignerException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** Returns the message. */
  public String reason() {
    return reason;
  }
}
