package dev.hookferry.store;

import java.util.Objects;

/**
 * Thrown when there is no room for new events; nothing was changed. Commits without publications
 * still succeed, so that existing deliveries can be processed.
 */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final String summary;

  /** Creates the exception. */
  public StoreFullException(String message) {
    this("the store has no room for new events", message);
  }

  /**
   * Creates the exception with a summary.
   *
   * @param summary what is full, without paths; safe to show to anyone
   */
  public StoreFullException(String summary, String message) {
    super(message);
    this.summary = Objects.requireNonNull(summary, "summary");
  }

  /** Returns a summary of what is full, without paths; safe to show to anyone. */
  public String summary() {
    return summary;
  }
}
