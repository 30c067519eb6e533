package dev.hookferry.http.socket;

/**
 * How large a body may be.
 *
 * @param object in bytes, for everything that is no array
 * @param array in bytes, for an array
 */
public record BodyLimit(int object, int array) {
  /** The most bytes of one event, its envelope included. */
  public static final int EVENT = 1 << 20;

  /** One event, or a batch: up to 16 MiB, or a twelfth of the heap if that is less. */
  public static final BodyLimit EVENTS =
      new BodyLimit(EVENT, (int) Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 12));

  /** Everything else. */
  public static final BodyLimit OTHER = new BodyLimit(1 << 20, 1 << 20);

  /** The limit for a body by the bytes of it that are there. */
  int of(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '[' ? array : object;
      }
    }
    return object;
  }
}
