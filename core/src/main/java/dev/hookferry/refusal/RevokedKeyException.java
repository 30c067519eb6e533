package dev.hookferry.refusal;

/** Thrown when the API key of a request was revoked before the request was carried out. */
public final class RevokedKeyException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public RevokedKeyException() {
    super("the API key was revoked");
  }
}
