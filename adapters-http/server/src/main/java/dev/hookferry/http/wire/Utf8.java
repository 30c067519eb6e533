package dev.hookferry.http.wire;

import dev.hookferry.event.Utf8Sequence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8 validation (RFC 3629). Parsers and decoders that skip bytes, or replace those they
 * cannot decode, would pass on events that receivers reject.
 */
public final class Utf8 {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Returns the index of the first byte that is not valid UTF-8, or -1 if all are. */
  static int firstFault(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      if (i + 8 <= bytes.length && ((long) EIGHT.get(bytes, i) & HIGH_BITS) == 0) {
        // Fast path: nearly all bytes of nearly all bodies are ASCII.
        i += 8;
      } else if (bytes[i] >= 0) {
        i++;
      } else {
        int length = Utf8Sequence.length(bytes, i);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return -1;
  }

  /** Returns whether all bytes are valid UTF-8. */
  public static boolean isValid(byte[] bytes) {
    return firstFault(bytes) < 0;
  }
}
