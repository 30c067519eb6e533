package dev.hookferry.jdbc;

/** One of many rows cannot be read: they must be read with more care. */
final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableException(Throwable cause) {
    super("a row cannot be read", cause);
  }
}
