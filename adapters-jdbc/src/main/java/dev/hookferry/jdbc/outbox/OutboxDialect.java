package dev.hookferry.jdbc.outbox;

import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The databases that an outbox can be in, and how they differ. */
public enum OutboxDialect {
  /** PostgreSQL 13 and later. */
  POSTGRESQL("PostgreSQL", "octet_length(%s)", "varchar(1000)", TimeForm.ZONED),
  /** MariaDB 10.6 and later. */
  MARIADB("MariaDB", "octet_length(%s)", "char(1000)", TimeForm.UTC),
  /** MySQL 8.0.13 and later; not run by Hookferry's own build. */
  MYSQL("MySQL", "octet_length(%s)", "char(1000)", TimeForm.UTC),
  /** H2 2.2.220 and later. */
  H2("H2", "octet_length(%s)", "varchar(1000)", TimeForm.ZONED),
  /** SQLite 3.31 and later. */
  SQLITE("SQLite", "length(CAST(%s AS blob))", "text", TimeForm.TEXT),
  /** Oracle 19c and later; not run by Hookferry's own build. */
  ORACLE("Oracle", "length(%s)", "varchar2(1000 char)", TimeForm.ZONED),
  /** SQL Server 2016 and later; not run by Hookferry's own build. */
  SQLSERVER("Microsoft SQL Server", "datalength(%s) / 2", "nvarchar(1000)", TimeForm.ZONED);

  /** The representation of times. */
  private enum TimeForm {
    /** A timestamp with an offset. */
    ZONED,
    /** A timestamp without an offset, in UTC. */
    UTC,
    /** RFC 3339 text. */
    TEXT
  }

  private final String product;
  private final String length;
  private final String textType;
  private final TimeForm times;

  OutboxDialect(String product, String length, String textType, TimeForm times) {
    this.product = product;
    this.length = length;
    this.textType = textType;
    this.times = times;
  }

  /** Returns the lower-case name, such as {@code postgresql}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Parses a name; empty if it is unknown. */
  public static Optional<OutboxDialect> ofWord(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(dialect -> dialect.word().equals(word)).findFirst();
  }

  /**
   * Returns the dialect of a connection's database.
   *
   * @throws SQLException if the driver cannot report the database product, or there is no outbox
   *     for it
   */
  static OutboxDialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return Stream.of(values())
        .filter(dialect -> dialect.product.equals(product))
        .findFirst()
        .orElseThrow(() -> new SQLException("there is no outbox for the database " + product));
  }

  /** Returns the SQL script that creates the tables of an outbox with the default name. */
  public String ddl() {
    return ddl(OutboxOptions.TABLE);
  }

  /**
   * Returns the SQL script that creates the tables of an outbox: the given one, and one with its
   * name plus {@code _rejected}.
   */
  public String ddl(String table) {
    return script(word() + ".sql", table);
  }

  /**
   * Returns the SQL script that creates the trigger which wakes relays that {@linkplain
   * OutboxOptions#withListen listen}; empty for databases without notifications.
   */
  public Optional<String> notifyDdl(String table) {
    if (this != POSTGRESQL) {
      return Optional.empty();
    }
    // A trigger is in the schema of its table, so its name must not contain a schema.
    String name = table.substring(table.lastIndexOf('.') + 1);
    String script = script("postgresql-notify.sql", table);
    return Optional.of(script.replace("TRIGGER " + table, "TRIGGER " + name));
  }

  private static String script(String file, String table) {
    try (InputStream in = OutboxDialect.class.getResourceAsStream(file)) {
      String script =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      return script.replace(OutboxOptions.TABLE, Objects.requireNonNull(table, "table"));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is missing from the jar or unreadable", e);
    }
  }

  /** Returns the SQL expression for the size of a string in bytes, or in characters. */
  String length(String text) {
    return length.formatted(text);
  }

  /** Returns a column as text; in a table that the user created, it may have another type. */
  String text(String column) {
    return this == POSTGRESQL ? column + "::text" : column;
  }

  /** Returns the SQL expression for a string that is not null; Oracle has no empty strings. */
  String orEmpty(String column) {
    return this == ORACLE ? column : "COALESCE(" + column + ", '')";
  }

  /** Returns whether times are strings, which may have any length. */
  boolean hasTextTimes() {
    return times == TimeForm.TEXT;
  }

  /** Returns the SQL type of the column for rejection reasons. */
  String textType() {
    return textType;
  }

  /**
   * Returns the SQL expression for the beginning of a string, with the column's name as its alias.
   */
  String cut(String column, int length) {
    String function = this == SQLSERVER ? "substring" : "substr";
    return "%s(%s, 1, %d) AS %s".formatted(function, text(column), length, column);
  }

  /**
   * Returns a SELECT that locks the oldest rows and skips those that other relays have locked.
   * SQLite has no such locks: two relays would publish the same rows, which is harmless.
   *
   * @param withoutKeys the number of ordering keys to exclude, each of them a parameter
   */
  String lock(String columns, String table, int withoutKeys, int limit) {
    String where =
        withoutKeys == 0
            ? ""
            : " WHERE ordering_key IS NULL OR %s NOT IN (%s)"
                .formatted(
                    text("ordering_key"), String.join(", ", Collections.nCopies(withoutKeys, "?")));
    String from = "SELECT " + columns + " FROM " + table + where;
    return switch (this) {
      case SQLSERVER ->
          "SELECT TOP (%d) %s FROM %s WITH (UPDLOCK, READPAST, ROWLOCK)%s ORDER BY id"
              .formatted(limit, columns, table, where);
      // No limit here: Oracle locks rows when they are fetched, and the reader stops in time.
      case ORACLE -> from + " ORDER BY id FOR UPDATE SKIP LOCKED";
      case SQLITE -> from + " ORDER BY id LIMIT " + limit;
      default -> from + " ORDER BY id LIMIT " + limit + " FOR UPDATE SKIP LOCKED";
    };
  }

  /**
   * Returns a DELETE of the rows with these ids. MariaDB and MySQL are forced to use the primary
   * key; otherwise they would scan a small table and wait for every row that an open transaction
   * has inserted.
   */
  String delete(String table, String ids) {
    return switch (this) {
      case MARIADB, MYSQL ->
          "DELETE o FROM %s o FORCE INDEX (PRIMARY) WHERE o.id IN %s".formatted(table, ids);
      default -> "DELETE FROM %s WHERE id IN %s".formatted(table, ids);
    };
  }

  /**
   * Returns a SELECT of the ordering keys of all rows before a given one, oldest first, including
   * rows locked by others. On SQL Server, it must not wait for those locks.
   */
  String keysBefore(String table, long id, int limit) {
    String key = OutboxRow.shortText(this, "ordering_key");
    String where = " WHERE id < " + id + " AND ordering_key IS NOT NULL ORDER BY id";
    String from = "id, site, " + key + " FROM " + table;
    return switch (this) {
      case SQLSERVER -> "SELECT TOP (" + limit + ") " + from + " WITH (NOLOCK)" + where;
      case ORACLE -> "SELECT " + from + where + " FETCH FIRST " + limit + " ROWS ONLY";
      default -> "SELECT " + from + where + " LIMIT " + limit;
    };
  }

  /**
   * Returns whether a thread may lock rows on a second connection before it deletes those that it
   * has locked on the first. In the other databases, a DELETE may wait for locks on rows that it
   * only passes over, and so for its own thread. Oracle locks more rows than are read, which would
   * change the order; SQLite has no row locks.
   */
  boolean canLockAhead() {
    return this == POSTGRESQL || this == H2;
  }

  /**
   * Reads a time; null if there is none.
   *
   * @throws InvalidException if it is not a time, such as the 10th of month 0 in MariaDB, or is out
   *     of range
   */
  @Nullable Instant readTime(ResultSet row, String column) throws SQLException {
    try {
      Instant time = read(row, column);
      if (time != null && Outbox.isOutOfRange(time)) {
        throw InvalidException.of(column, Outbox.TIME_RANGE);
      }
      return time;
    } catch (SQLException e) {
      boolean isBadValue =
          e instanceof SQLDataException || String.valueOf(e.getSQLState()).startsWith("22");
      if (isBadValue) {
        throw InvalidException.of(column, Outbox.TIME_RANGE);
      }
      throw e;
    }
  }

  private @Nullable Instant read(ResultSet row, String column) throws SQLException {
    switch (times) {
      case UTC -> {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
      }
      case TEXT -> {
        String text = row.getString(column);
        return text == null ? null : parse(column, text);
      }
      default -> {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
      }
    }
  }

  private static Instant parse(String column, String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException e) {
      throw InvalidException.of(
          column, "must be a time in RFC 3339, such as 2026-11-27T12:00:00.000Z");
    }
  }

  /** Sets a parameter to a time, in milliseconds. */
  void writeTime(PreparedStatement statement, int index, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(index, times == TimeForm.TEXT ? Types.VARCHAR : Types.TIMESTAMP);
      return;
    }
    OffsetDateTime value = time.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    switch (times) {
      case UTC -> statement.setObject(index, value.toLocalDateTime());
      case TEXT -> statement.setString(index, value.toInstant().toString());
      default -> statement.setObject(index, value);
    }
  }
}
