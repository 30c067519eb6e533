package dev.hookferry.field;

/** Kinds of values that Hookferry writes but never reads through a table of fields. */
public enum OutputKind implements FieldKind<Object> {
  /** Any JSON value, such as a payload, which is never parsed into fields. */
  JSON,
  /** A number of milliseconds, at least 0, with microseconds as decimals. */
  MILLIS,
  /** Bytes as base64 text. */
  BASE64;

  /**
   * Throws an exception, because these kinds are never read.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Object read(FieldSource source, String name) {
    throw new UnsupportedOperationException(name + " is not read from a table of fields");
  }

  @Override
  public <R> R fold(FieldFold<R> fold) {
    return fold.output(this);
  }
}
