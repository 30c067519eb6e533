package dev.hookferry.jdbc.dialect;

/**
 * Thrown when the configuration has changed since the publications of a batch were routed; each of
 * them must be checked before it is written.
 */
public final class OutdatedRoutesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutdatedRoutesException() {
    super("the configuration has changed since events were routed");
  }
}
