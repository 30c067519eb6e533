package dev.hookferry.event;

import java.util.Objects;

/** Recognizes well-formed UTF-8 sequences, strictly as RFC 3629 defines them. */
public final class Utf8Sequence {
  private Utf8Sequence() {}

  /**
   * Returns the length of the sequence that starts at an index, 1 to 4 bytes.
   *
   * @return 0 if the bytes there are not well formed: overlong, a surrogate, beyond U+10FFFF, or
   *     truncated by the end of the array
   */
  public static int length(byte[] bytes, int at) {
    Objects.requireNonNull(bytes, "bytes");
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (at + length > bytes.length || !secondFits(first, bytes[at + 1] & 0xff)) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** Rejects overlong forms, surrogates and code points beyond Unicode by the second byte. */
  private static boolean secondFits(int first, int second) {
    int min = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int max = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    return min <= second && second <= max;
  }
}
