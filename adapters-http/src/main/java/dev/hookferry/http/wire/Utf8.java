package dev.hookferry.http.wire;

import dev.hookferry.event.Utf8Sequence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8, as RFC 3629 has it. Parsers and decoders that only skip over bytes, or replace what
 * they cannot read, would let through what the receiver of an event chokes on.
 */
public final class Utf8 {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Where the first byte stands that does not belong into UTF-8, or -1 if all do. */
  static int firstFault(byte[] bytes) {
    int i = 0;
    while (i < bytes.length) {
      if (i + 8 <= bytes.length && ((long) EIGHT.get(bytes, i) & HIGH_BITS) == 0) {
        // Nearly all bytes of nearly all bodies are ASCII.
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

  /** Whether all bytes are UTF-8. */
  public static boolean isValid(byte[] bytes) {
    return firstFault(bytes) < 0;
  }
}
