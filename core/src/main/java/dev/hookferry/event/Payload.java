package dev.hookferry.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are stored once and sent exactly as they are. Immutable, compared by content. */
public final class Payload {
  private static final Payload EMPTY = new Payload(new byte[0]);

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A payload of a copy of these bytes. */
  public static Payload copyOf(byte[] bytes) {
    return new Payload(bytes.clone());
  }

  /** A payload that takes the array over: the caller must not write to it again. */
  public static Payload wrap(byte[] bytes) {
    return new Payload(bytes);
  }

  /** The UTF-8 bytes of a text. */
  public static Payload of(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8));
  }

  /** No bytes. */
  public static Payload empty() {
    return EMPTY;
  }

  /** How many bytes. */
  public int size() {
    return bytes.length;
  }

  /** A read-only view, without copying. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * The array itself, for adapters that hand it to an API without writing to it; writing to it
   * breaks every holder of this payload.
   */
  public byte[] unsafeBytes() {
    return bytes;
  }

  /** The bytes read as UTF-8; what is not UTF-8 becomes replacement characters. */
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

  /** The size only: payloads may hold what does not belong into a log. */
  @Override
  public String toString() {
    return "Payload[" + bytes.length + " bytes]";
  }
}
