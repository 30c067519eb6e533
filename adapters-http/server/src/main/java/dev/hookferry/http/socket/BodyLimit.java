package dev.hookferry.http.socket;

/**
 * Maximum size of a body.
 *
 * @param object limit in bytes for everything but an array
 * @param array limit in bytes for an array
 */
public record BodyLimit(int object, int array) {
  /** Maximum size of one event in bytes, including its envelope. */
  public static final int EVENT = 1 << 20;

  /**
   * Limit for publishes: one event, or a batch of up to 16 MiB or a fortieth of the heap, whichever
   * is less.
   */
  public static final BodyLimit EVENTS =
      new BodyLimit(EVENT, (int) Math.min(16 << 20, Runtime.getRuntime().maxMemory() / 40));

  /** Limit for all other calls. */
  public static final BodyLimit OTHER = new BodyLimit(1 << 20, 1 << 20);

  /** Returns the limit in bytes for a body, judged by the bytes read so far. */
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
