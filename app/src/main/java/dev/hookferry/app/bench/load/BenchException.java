package dev.hookferry.app.bench.load;

/** A measurement could not be made; the message says why, for the person who wanted it. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchException(String message) {
    super(message);
  }

  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
