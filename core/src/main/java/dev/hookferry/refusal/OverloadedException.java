package dev.hookferry.refusal;

import java.time.Duration;

/**
 * Thrown when the node is overloaded, or when a store or signer is unavailable; nothing was
 * accepted.
 */
public final class OverloadedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * Creates the exception.
   *
   * @param message a message that names the exhausted resource
   * @param retryAfter how long to wait before retrying, at least one second
   */
  public OverloadedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /**
   * Creates an exception that asks the caller to retry after one second.
   *
   * @param message a message that names the exhausted resource
   */
  public static OverloadedException soon(String message) {
    return new OverloadedException(message, Duration.ofSeconds(1));
  }

  /** Returns the time to wait before retrying. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
