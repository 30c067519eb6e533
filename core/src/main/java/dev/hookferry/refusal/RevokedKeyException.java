package dev.hookferry.refusal;

/** The API key that a request came with was revoked before the request was done. */
public final class RevokedKeyException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Refuses a request. */
  public RevokedKeyException() {
    super("the API key was revoked");
  }
}
