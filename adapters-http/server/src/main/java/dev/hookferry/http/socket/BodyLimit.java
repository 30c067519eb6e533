package dev.hookferry.http.socket;

import dev.hookferry.http.wire.EarlyReply;

/**
 * Maximum size of a body.
 *
 * @param object limit in bytes for everything but an array
 * @param array limit in bytes for an array
 */
public record BodyLimit(int object, int array) {
  private static final int BATCH = 16 << 20;

  /** Maximum size of one event in bytes, including its envelope. */
  public static final int EVENT = 1 << 20;

  /**
   * Limit for publishes: one event, or a batch of up to 16 MiB or a fortieth of the heap, whichever
   * is less.
   */
  public static final BodyLimit EVENTS = ofEvents(Runtime.getRuntime().maxMemory());

  /** Limit for all other calls. */
  public static final BodyLimit OTHER = new BodyLimit(1 << 20, 1 << 20);

  /**
   * Returns the limit for publishes.
   *
   * @param heap maximum size of the heap in bytes
   */
  static BodyLimit ofEvents(long heap) {
    return new BodyLimit(EVENT, (int) Math.min(BATCH, heap / 40));
  }

  /**
   * Returns the refusal of a body that exceeds a limit; it says so if the heap's size sets that
   * limit.
   *
   * @param max the exceeded limit in bytes, {@code object} or {@code array}
   */
  EarlyReply tooLarge(int max) {
    boolean isLimitedByHeap = array != object && array < BATCH && max == array;
    return EarlyReply.tooLarge(
        "the body",
        max,
        isLimitedByHeap ? " in a batch, a fortieth of this server's heap; raise -Xmx" : "");
  }

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
