package dev.hookferry.app.bench.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Counts the spans of an OTLP export, a Protocol Buffers message. Decodes nothing else, since the
 * bench shares the machine with the server.
 */
public final class SpanCount {
  /** The fields that lead to a span: {@code resource_spans}, {@code scope_spans}, {@code spans}. */
  private static final int[] PATH = {1, 2, 2};

  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH_PREFIXED = 2;
  private static final int FOUR_BYTES = 5;

  private static final int VARINT_BITS = 7;
  private static final int MAX_VARINT_LENGTH = 10;

  private SpanCount() {}

  /**
   * Returns the number of spans in an {@code ExportTraceServiceRequest}.
   *
   * @throws IllegalArgumentException if the message is malformed
   */
  public static int of(byte[] export) {
    try {
      return count(ByteBuffer.wrap(export), 0);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the message ends too early", e);
    }
  }

  /** Counts the spans in a message that the first {@code depth} fields of the path lead to. */
  private static int count(ByteBuffer message, int depth) {
    int spans = 0;
    while (message.hasRemaining()) {
      long tag = varint(message);
      switch ((int) (tag & 7)) {
        case VARINT -> varint(message);
        case EIGHT_BYTES -> next(message, Long.BYTES);
        case FOUR_BYTES -> next(message, Integer.BYTES);
        case LENGTH_PREFIXED -> {
          ByteBuffer value = next(message, varint(message));
          if (tag >>> 3 == PATH[depth]) {
            spans += depth == PATH.length - 1 ? 1 : count(value, depth + 1);
          }
        }
        default -> throw new IllegalArgumentException("unknown wire type of tag " + tag);
      }
    }
    return spans;
  }

  /** Returns this many bytes and moves past them. */
  private static ByteBuffer next(ByteBuffer message, long length) {
    if (length < 0 || length > message.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer bytes = message.slice(message.position(), (int) length);
    message.position(message.position() + (int) length);
    return bytes;
  }

  private static long varint(ByteBuffer message) {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_LENGTH; i++) {
      byte next = message.get();
      value |= (next & 0x7FL) << (VARINT_BITS * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has more than 10 bytes");
  }
}
