package dev.hookferry.jdbc.dialect;

/**
 * The configuration has changed since the publications of a batch were routed: which of them may
 * still be written must be found out with more care.
 */
public final class OutdatedRoutesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutdatedRoutesException() {
    super("the configuration has changed since events were routed");
  }
}
