package dev.hookferry.jdbc.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A column of values as a PostgreSQL array. The binary form saves both sides the text conversion
 * that the driver would do for ids and times; a connection that does not allow it gets text. For
 * sending only.
 */
final class BinaryArray extends PGobject implements PGBinaryObject {
  /** Array types that the driver must be configured to send in binary form. */
  static final String ENABLED = "UUID_ARRAY,TIMESTAMPTZ_ARRAY,BOOL_ARRAY";

  private static final long serialVersionUID = 1L;

  /** PostgreSQL's epoch: its times are microseconds since the year 2000. */
  private static final long EPOCH_MILLIS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

  private static final byte[] NULL = new byte[0];
  private static final int HEADER = 5 * Integer.BYTES;

  private final transient ColumnRows.Column column;
  private final byte[] bytes;

  BinaryArray(ColumnRows.Column column) {
    this.column = column;
    setType(name(column.type()));
    bytes = bytes(column);
  }

  private static byte[] bytes(ColumnRows.Column column) {
    byte[][] values = new byte[column.values().size()][];
    int length = HEADER;
    boolean nulls = false;
    for (int i = 0; i < values.length; i++) {
      Object value = column.values().get(i);
      values[i] = value == null ? NULL : encode(value);
      length += Integer.BYTES + values[i].length;
      nulls |= value == null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    buffer.putInt(1).putInt(nulls ? 1 : 0).putInt(element(column.type()));
    buffer.putInt(values.length).putInt(1);
    for (byte[] value : values) {
      // Compared by identity: an empty string is not null.
      buffer.putInt(isNull(value) ? -1 : value.length).put(value);
    }
    return buffer.array();
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean isNull(byte[] value) {
    return value == NULL;
  }

  private static byte[] encode(Object value) {
    if (value instanceof byte[] same) {
      return same;
    }
    if (value instanceof String text) {
      return text.getBytes(UTF_8);
    }
    if (value instanceof Integer number) {
      return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
    if (value instanceof Long number) {
      return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
    if (value instanceof Boolean flag) {
      return new byte[] {(byte) (flag ? 1 : 0)};
    }
    if (value instanceof Instant time) {
      return ByteBuffer.allocate(Long.BYTES).putLong(micros(time)).array();
    }
    UUID id = (UUID) value;
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Returns a time in PostgreSQL's binary form, with millisecond precision. */
  static long micros(Instant time) {
    return Math.multiplyExact(time.toEpochMilli() - EPOCH_MILLIS, 1_000);
  }

  private static String name(ColumnRows.Type type) {
    return switch (type) {
      case TEXT -> "_text";
      case UUID -> "_uuid";
      case TIME -> "_timestamptz";
      case INTEGER -> "_int4";
      case LONG -> "_int8";
      case FLAG -> "_bool";
      case BYTES -> "_bytea";
    };
  }

  /** Returns the type's OID in PostgreSQL's catalogue, which is the same in every version. */
  private static int element(ColumnRows.Type type) {
    return switch (type) {
      case TEXT -> Oid.TEXT;
      case UUID -> Oid.UUID;
      case TIME -> Oid.TIMESTAMPTZ;
      case INTEGER -> Oid.INT4;
      case LONG -> Oid.INT8;
      case FLAG -> Oid.BOOL;
      case BYTES -> Oid.BYTEA;
    };
  }

  @Override
  public int lengthInBytes() {
    return bytes.length;
  }

  @Override
  public void toBytes(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("binary arrays are only sent, never read");
  }

  /**
   * Returns the array as text, for connections that do not send it in binary form. The
   * application's connections do not, unless its URL enables it.
   */
  @Override
  public String getValue() {
    return column.values().stream()
        .map(value -> value == null ? "NULL" : text(value))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String text(Object value) {
    if (value instanceof byte[] same) {
      return "\"\\\\x" + HexFormat.of().formatHex(same) + '"';
    }
    Object shown = value instanceof Instant time ? time.truncatedTo(ChronoUnit.MILLIS) : value;
    return '"' + shown.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
