package dev.hookferry.field;

/** Kinds of values that Hookferry shows, but reads in no table of fields. */
public enum OutputKind implements FieldKind<Object> {
  /** Any JSON value, such as a payload, which is never parsed into fields. */
  JSON,
  /** A number of milliseconds, at least 0, with microseconds as decimals. */
  MILLIS,
  /** Bytes as base64 text. */
  BASE64;

  /**
   * Does not read.
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
