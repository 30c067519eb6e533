package dev.hookferry.app.bench;

/** A measurement could not be made; the message says why, for the person who wanted it. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
