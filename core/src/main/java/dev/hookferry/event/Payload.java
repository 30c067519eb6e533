package dev.hookferry.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Bytes that are stored and sent unchanged. Immutable; equality is by content. */
public final class Payload {
  private static final Payload EMPTY = new Payload(new byte[0]);

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Creates a payload from a copy of the array. */
  public static Payload copyOf(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return new Payload(bytes.clone());
  }

  /** Wraps the array without copying; the caller must not write to it afterwards. */
  public static Payload wrap(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    return new Payload(bytes);
  }

  /** Creates a payload from a string, encoded as UTF-8. */
  public static Payload of(String text) {
    Objects.requireNonNull(text, "text");
    return new Payload(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the empty payload. */
  public static Payload empty() {
    return EMPTY;
  }

  /** Returns the size in bytes. */
  public int size() {
    return bytes.length;
  }

  /** Returns a read-only view without copying. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Returns a copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * Returns the internal array without copying, for adapters that only read it. Writing to it
   * corrupts this payload for every holder.
   */
  public byte[] unsafeBytes() {
    return bytes;
  }

  /** Decodes the bytes as UTF-8; malformed input becomes replacement characters. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Payload that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns only the size, because payloads may hold data that must not be logged. */
  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
