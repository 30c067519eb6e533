package dev.hookferry.jdbc.dialect;

/** Thrown when one of many rows cannot be read; they must be read again one by one. */
public final class UnreadableRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableRowException(Throwable cause) {
    super("a row cannot be read", cause);
  }
}
