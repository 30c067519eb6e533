package dev.hookferry.jdbc.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.MappingException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a query, which PostgreSQL sends in the binary form of {@code COPY}. The server
 * prepares the next rows while these are decoded, and no column is looked up by its name. Each
 * method reads the next value of the current row.
 */
public final class BinaryRows {
  private static final int SIGNATURE = 11;
  private static final int MILLION = 1_000_000;
  private static final long EPOCH_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  private final CopyOut copy;
  private byte[] bytes = {};
  private int at;

  private BinaryRows(CopyOut copy) {
    this.copy = copy;
  }

  /** Reads a row: each of its columns once, in order. */
  @FunctionalInterface
  public interface Mapper<T> {
    /** Reads the current row. */
    T map(BinaryRows row) throws SQLException;
  }

  /**
   * Returns the mapped rows of a query.
   *
   * @param query a format with the default names of our tables
   * @param values the values to format into the query after the table names have been replaced, so
   *     that a value that looks like a table name is not changed
   */
  public static <T> List<T> read(Handle handle, String query, List<?> values, Mapper<T> mapper) {
    String named = TableNames.in(handle, query).formatted(values.toArray());
    String sql = "COPY (" + named + ") TO STDOUT (FORMAT binary)";
    try {
      CopyOut copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
      try {
        return new BinaryRows(copy).all(mapper);
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new TransactionException(e.getMessage(), e);
    }
  }

  private <T> List<T> all(Mapper<T> mapper) throws SQLException {
    skip(SIGNATURE + Integer.BYTES);
    skip(integer());
    List<T> rows = new ArrayList<>();
    while (number(Short.BYTES) != 0xffff) {
      try {
        rows.add(mapper.map(this));
      } catch (RuntimeException e) {
        throw new MappingException("a row cannot be read: " + e.getMessage(), e);
      }
    }
    while (copy.readFromCopy() != null) {
      // Read on until the driver sees the end of the operation.
    }
    return rows;
  }

  /** Returns a string. */
  public String text() throws SQLException {
    return Objects.requireNonNull(textOrNull(), "a column that is never null");
  }

  /** Returns a string; null if there is none. */
  public @Nullable String textOrNull() throws SQLException {
    int length = integer();
    if (length < 0) {
      return null;
    }
    need(length);
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  /** Returns bytes; null if there are none. */
  public byte @Nullable [] bytesOrNull() throws SQLException {
    int length = integer();
    if (length < 0) {
      return null;
    }
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** Returns a UUID. */
  public UUID uuid() throws SQLException {
    expect(2 * Long.BYTES);
    return new UUID(number(Long.BYTES), number(Long.BYTES));
  }

  /** Returns a time. */
  public Instant time() throws SQLException {
    expect(Long.BYTES);
    long micros = number(Long.BYTES);
    return Instant.ofEpochSecond(
        EPOCH_SECONDS + Math.floorDiv(micros, MILLION), Math.floorMod(micros, MILLION) * 1_000L);
  }

  /** Returns an integer. */
  public int number() throws SQLException {
    expect(Integer.BYTES);
    return integer();
  }

  /** Returns an integer; null if there is none. */
  public @Nullable Integer numberOrNull() throws SQLException {
    return integer() < 0 ? null : integer();
  }

  /** Returns a long integer. */
  public long longNumber() throws SQLException {
    expect(Long.BYTES);
    return number(Long.BYTES);
  }

  /** Returns a flag. */
  public boolean flag() throws SQLException {
    expect(1);
    return number(1) != 0;
  }

  private void expect(int length) throws SQLException {
    int found = integer();
    if (found != length) {
      throw new IllegalStateException("a value has " + found + " bytes, not " + length);
    }
  }

  private int integer() throws SQLException {
    return (int) number(Integer.BYTES);
  }

  private long number(int length) throws SQLException {
    need(length);
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = (number << 8) | (bytes[at++] & 0xff);
    }
    return number;
  }

  private void skip(int length) throws SQLException {
    need(length);
    at += length;
  }

  /**
   * Reads until this many bytes are available. A message is usually one row, but the protocol does
   * not guarantee that.
   */
  private void need(int length) throws SQLException {
    while (bytes.length - at < length) {
      byte[] next = copy.readFromCopy();
      if (next == null) {
        throw new SQLException("the rows ended unexpectedly");
      }
      if (at == bytes.length) {
        bytes = next;
      } else {
        byte[] both = Arrays.copyOfRange(bytes, at, bytes.length + next.length);
        System.arraycopy(next, 0, both, bytes.length - at, next.length);
        bytes = both;
      }
      at = 0;
    }
  }
}
