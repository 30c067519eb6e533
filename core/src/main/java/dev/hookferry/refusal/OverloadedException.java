package dev.hookferry.refusal;

import java.time.Duration;

/** There is no room for the request now, or the store does not answer; nothing was accepted. */
public final class OverloadedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * Refuses a request for now.
   *
   * @param message what is short
   * @param retryAfter when to try again, at least one second
   */
  public OverloadedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** When to try again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
