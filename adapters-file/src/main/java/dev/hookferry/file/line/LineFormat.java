package dev.hookferry.file.line;

import java.util.zip.CRC32C;

/**
 * The prefix of every line, before the JSON: the sequence number in 16 decimal digits, the checksum
 * of the previous line and the line's own checksum, each in 8 hexadecimal digits. A line's own
 * checksum is the CRC32C of the sequence number, the previous checksum and the JSON. So each line
 * can be checked alone, and missing, duplicate or foreign lines are detected.
 */
public final class LineFormat {
  /** Offset of the JSON in a line. */
  public static final int PREFIX = 35;

  private static final int CHAIN = 17;
  private static final int CRC = 26;
  private static final String HEX = "0123456789abcdef";

  private LineFormat() {}

  /**
   * Writes the prefix of a line that ends at the end of the buffer, and returns the line's
   * checksum.
   */
  public static int seal(LineBuffer buffer, int start, long sequence, int chain) {
    byte[] bytes = buffer.array();
    long rest = sequence;
    for (int i = start + 15; i >= start; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    bytes[start + CHAIN - 1] = ' ';
    hex(bytes, start + CHAIN, chain);
    bytes[start + CRC - 1] = ' ';
    int crc = checksum(bytes, start, buffer.size());
    hex(bytes, start + CRC, crc);
    bytes[start + PREFIX - 1] = ' ';
    return crc;
  }

  private static void hex(byte[] bytes, int at, int value) {
    for (int i = 0; i < 8; i++) {
      bytes[at + i] = (byte) HEX.charAt((value >>> (28 - 4 * i)) & 15);
    }
  }

  private static int checksum(byte[] bytes, int start, int end) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, CRC);
    crc.update(bytes, start + PREFIX, end - start - PREFIX);
    return (int) crc.getValue();
  }

  /** Returns whether these bytes, without the line break, are an undamaged line. */
  public static boolean isIntact(byte[] bytes, int start, int end) {
    if (end - start <= PREFIX
        || bytes[start + CHAIN - 1] != ' '
        || bytes[start + CRC - 1] != ' '
        || bytes[start + PREFIX - 1] != ' ') {
      return false;
    }
    for (int i = start; i < start + 16; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    long written = hex(bytes, start + CRC);
    return hex(bytes, start + CHAIN) >= 0
        && written == (checksum(bytes, start, end) & 0xffff_ffffL);
  }

  private static long hex(byte[] bytes, int at) {
    long value = 0;
    for (int i = at; i < at + 8; i++) {
      int digit = HEX.indexOf(bytes[i]);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** Returns the sequence number of an intact line. */
  public static long sequence(byte[] bytes, int start) {
    long value = 0;
    for (int i = start; i < start + 16; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return value;
  }

  /** Returns the checksum of the line before an intact line. */
  public static int chain(byte[] bytes, int start) {
    return (int) hex(bytes, start + CHAIN);
  }

  /** Returns the checksum of an intact line. */
  public static int crc(byte[] bytes, int start) {
    return (int) hex(bytes, start + CRC);
  }
}
