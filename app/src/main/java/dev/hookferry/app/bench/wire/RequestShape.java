package dev.hookferry.app.bench.wire;

/**
 * The size and the content of a publish request.
 *
 * @param size the size of an event's data in bytes, reached by padding; more if the members alone
 *     are longer
 * @param batch events per request; a single event is not sent as an array
 * @param members members of the data in JSON without braces, such as {@code "a":1,"b":2}; may be
 *     empty
 */
public record RequestShape(int size, int batch, String members) {
  /** Creates a shape of events whose data is only padding. */
  public RequestShape(int size, int batch) {
    this(size, batch, "");
  }

  /** Returns a copy with the given members. */
  public RequestShape with(String members) {
    return new RequestShape(size, batch, members);
  }
}
