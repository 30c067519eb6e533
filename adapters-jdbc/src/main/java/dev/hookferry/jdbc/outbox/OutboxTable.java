package dev.hookferry.jdbc.outbox;

import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.refusal.InvalidException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The SQL of an outbox's two tables. Stateless; the caller commits. */
final class OutboxTable {
  private static final int MAX_REASON_LENGTH = 1_000;
  private static final int QUERY_SECONDS = 5;
  private static final String COPIED =
      "event_id, site, type, data, occurred_at, idempotency_key, created_at, "
          + OptionColumns.NAMES;
  private static final String NEWEST_COLUMN = "tracestate";

  private final OutboxDialect dialect;
  private final String table;
  private final String rejected;
  private final boolean hasTrace;

  private OutboxTable(OutboxDialect dialect, String table, boolean hasTrace) {
    this.dialect = dialect;
    this.table = table;
    this.hasTrace = hasTrace;
    rejected = rejected(table);
  }

  /**
   * Inspects the tables of an outbox, which may be of a version without trace columns.
   *
   * @throws SQLException if one of them is missing
   */
  static OutboxTable of(Connection connection, OutboxDialect dialect, String table)
      throws SQLException {
    boolean hasTrace = hasTrace(connection, table) && hasTrace(connection, rejected(table));
    return new OutboxTable(dialect, table, hasTrace);
  }

  /** Returns the name of the table of rejected rows. */
  static String rejected(String table) {
    return table + "_rejected";
  }

  private static boolean hasTrace(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        if (columns.getColumnName(i).equalsIgnoreCase(NEWEST_COLUMN)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Returns the columns that are copied between the two tables. */
  private String copied() {
    return hasTrace ? COPIED + OptionColumns.TRACE_NAMES : COPIED;
  }

  /** Returns whether rows may be locked on a second connection at the same time. */
  boolean canLockAhead() {
    return dialect.canLockAhead();
  }

  /** Returns whether there is any row, including rows locked by another relay. */
  boolean hasRows(Connection connection) throws SQLException {
    return number(connection, "SELECT MIN(id) FROM " + table) != null;
  }

  /** Returns the order of the rows that have ordering keys. */
  KeyOrder keyOrder() {
    return new KeyOrder(dialect, table);
  }

  /**
   * Locks and reads the oldest rows that no other relay has locked.
   *
   * @param without ordering keys whose rows are skipped
   * @param limit the maximum number of rows; fewer if they are large
   */
  List<OutboxRow> lock(Connection connection, Collection<String> without, int limit)
      throws SQLException {
    String columns = OutboxRow.columns(dialect, hasTrace);
    String sql = dialect.lock(columns, table, without.size(), limit);
    // A transaction pooler may not support prepared statements.
    try (Statement statement =
        without.isEmpty() ? connection.createStatement() : connection.prepareStatement(sql)) {
      statement.setFetchSize(Math.min(OutboxRow.FETCH, limit));
      try (ResultSet found = run(statement, sql, without)) {
        return OutboxRow.readAll(dialect, found, hasTrace, limit);
      }
    }
  }

  private static ResultSet run(Statement statement, String sql, Collection<String> texts)
      throws SQLException {
    if (!(statement instanceof PreparedStatement prepared)) {
      return statement.executeQuery(sql);
    }
    int parameter = 0;
    for (String text : texts) {
      prepared.setString(++parameter, text);
    }
    return prepared.executeQuery();
  }

  /** Deletes rows. */
  void delete(Connection connection, Collection<Long> ids) throws SQLException {
    if (!ids.isEmpty()) {
      update(connection, dialect.delete(table, list(ids)));
    }
  }

  /** Moves rows to the table of rejected rows, each with its reason. */
  void reject(Connection connection, Map<Long, String> reasons) throws SQLException {
    if (reasons.isEmpty()) {
      return;
    }
    // A table that the user created may allow null in columns where the table of rejected rows does
    // not.
    String values = copied().replace(" data,", " " + dialect.orEmpty("data") + ",");
    String sql =
        "INSERT INTO %s (%s, reason) SELECT %s, CAST(? AS %s) FROM %s WHERE id = ?"
            .formatted(rejected, copied(), values, dialect.textType(), table);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<Long, String> reason : reasons.entrySet()) {
        insert.setString(1, cut(reason.getValue()));
        insert.setLong(2, reason.getKey());
        // Not as a batch: MariaDB's bulk protocol does not accept an INSERT with a SELECT.
        insert.executeUpdate();
      }
    }
    delete(connection, reasons.keySet());
  }

  private static String cut(String reason) {
    String clean = reason.replace('\0', ' ');
    return clean.length() <= MAX_REASON_LENGTH
        ? clean
        : clean.substring(0, MAX_REASON_LENGTH - 1) + "…";
  }

  /** Moves rejected rows back and returns their number. */
  int retry(Connection connection, RowSelection rows) throws SQLException {
    int moved = 0;
    for (List<Long> ids : chosen(connection, rows)) {
      String condition = " WHERE id IN " + list(ids);
      moved +=
          update(
              connection,
              "INSERT INTO %s (%s) SELECT %s FROM %s%s ORDER BY id"
                  .formatted(table, copied(), copied(), rejected, condition));
      update(connection, "DELETE FROM " + rejected + condition);
    }
    return moved;
  }

  /** Deletes rejected rows and returns their number. */
  int discard(Connection connection, RowSelection rows) throws SQLException {
    String condition = rows.all() ? "id <= " + rows.newest() : "id IN " + list(rows.ids());
    return update(connection, "DELETE FROM " + rejected + " WHERE " + condition);
  }

  /**
   * Returns the ids of rows, split so that each part fits into a statement. A range would not be
   * enough: between two statements, a transaction may commit a row with a smaller id.
   */
  private List<List<Long>> chosen(Connection connection, RowSelection rows) throws SQLException {
    if (!rows.all()) {
      return List.of(List.copyOf(rows.ids()));
    }
    String sql = "SELECT id FROM " + rejected + " WHERE id <= " + rows.newest() + " ORDER BY id";
    List<List<Long>> parts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        if (parts.isEmpty() || parts.get(parts.size() - 1).size() == RowSelection.MAX) {
          parts.add(new ArrayList<>());
        }
        parts.get(parts.size() - 1).add(found.getLong("id"));
      }
    }
    return parts;
  }

  /**
   * Returns rejected rows, newest first.
   *
   * @param before only rows with smaller ids
   */
  List<RejectedRow> rejected(Connection connection, long before, int limit) throws SQLException {
    String texts =
        Stream.of("event_id", "site", "type", "data")
            .map(column -> dialect.cut(column, RejectedRow.SHOWN))
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT id, %s, reason, rejected_at FROM %s WHERE id < ? ORDER BY id DESC"
            .formatted(texts, rejected);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, before);
      select.setMaxRows(limit);
      select.setQueryTimeout(QUERY_SECONDS);
      try (ResultSet found = select.executeQuery()) {
        List<RejectedRow> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(rejected(found));
        }
        return rows;
      }
    }
  }

  private RejectedRow rejected(ResultSet row) throws SQLException {
    Instant rejectedAt = time(row, "rejected_at");
    return new RejectedRow(
        row.getLong("id"),
        OutboxRow.text(row, "event_id"),
        OutboxRow.text(row, "site"),
        OutboxRow.text(row, "type"),
        OutboxRow.text(row, "data"),
        OutboxRow.text(row, "reason"),
        rejectedAt == null ? Instant.EPOCH : rejectedAt);
  }

  /** Reads a time that is only displayed; null if it is not valid. */
  private @Nullable Instant time(ResultSet row, String column) throws SQLException {
    try {
      return dialect.readTime(row, column);
    } catch (InvalidException e) {
      return null;
    }
  }

  /** Returns the number of rows. */
  long pending(Connection connection) throws SQLException {
    return Objects.requireNonNull(number(connection, "SELECT COUNT(*) FROM " + table));
  }

  /** Returns the number of rejected rows. */
  long rejected(Connection connection) throws SQLException {
    return Objects.requireNonNull(number(connection, "SELECT COUNT(*) FROM " + rejected));
  }

  /** Returns when the oldest row was inserted; null if there is none. */
  @Nullable Instant oldest(Connection connection) throws SQLException {
    String sql =
        "SELECT created_at FROM %s WHERE id = (SELECT MIN(id) FROM %s)".formatted(table, table);
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(QUERY_SECONDS);
      try (ResultSet found = statement.executeQuery(sql)) {
        return found.next() ? time(found, "created_at") : null;
      }
    }
  }

  private static @Nullable Long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(QUERY_SECONDS);
      try (ResultSet found = statement.executeQuery(sql)) {
        found.next();
        long value = found.getLong(1);
        return found.wasNull() ? null : value;
      }
    }
  }

  private static int update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /**
   * Writes ids into the text, since they are numbers and drivers limit the number of parameters.
   */
  private static String list(Collection<Long> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
