package dev.hookferry.file.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Classifies bytes by how they can be written on a line. */
public enum TextBytes {
  /** UTF-8 without control characters; fits on a line verbatim. */
  ONE_LINE,
  /** UTF-8 with control characters such as line breaks. */
  TEXT,
  /** Not UTF-8. */
  BINARY;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long BLANKS = 0x2020_2020_2020_2020L;

  /** Classifies bytes, eight at a time, since every payload passes through here. */
  public static TextBytes of(byte[] bytes) {
    long high = 0;
    long control = 0;
    int i = 0;
    for (; i + 8 <= bytes.length; i += 8) {
      long eight = (long) EIGHT.get(bytes, i);
      high |= eight;
      // A borrow can only come from a byte that is itself below 0x20.
      control |= (eight - BLANKS) & ~eight;
    }
    for (; i < bytes.length; i++) {
      high |= bytes[i];
      control |= bytes[i] >= 0 && bytes[i] < ' ' ? HIGH_BITS : 0;
    }
    if ((high & HIGH_BITS) != 0 && !isUtf8(bytes)) {
      return BINARY;
    }
    return (control & HIGH_BITS) == 0 ? ONE_LINE : TEXT;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
