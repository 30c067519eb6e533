package dev.hookferry.jdbc.dialect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that runs for every row, in one round trip. Values are set by position on the
 * driver's statement, because binding by name would cost more than the database does.
 */
public final class RowBatch {
  private static final Pattern NAME = Pattern.compile(":(\\w+)");

  private final String sql;
  private final ColumnRows rows;
  private final List<ColumnRows.Column> parameters = new ArrayList<>();

  /**
   * Creates a batch of a statement whose parameters, each prefixed by a colon, are named like the
   * columns.
   */
  public RowBatch(String sql, ColumnRows rows) {
    Matcher names = NAME.matcher(sql);
    this.sql = names.replaceAll("?");
    this.rows = rows;
    names.reset();
    while (names.find()) {
      parameters.add(rows.column(names.group(1)));
    }
  }

  /** Runs the batch. */
  void run(Handle handle, Dialect dialect) {
    int[] unused = execute(Connection::prepareStatement, handle, dialect);
  }

  /**
   * Runs the batch and returns, for each of its rows, how many database rows the statement changed.
   */
  public int[] changed(Handle handle, Dialect dialect) {
    return execute(dialect::prepareCounted, handle, dialect);
  }

  private interface Preparation {
    PreparedStatement prepare(Connection connection, String sql) throws SQLException;
  }

  private int[] execute(Preparation preparation, Handle handle, Dialect dialect) {
    if (rows.isEmpty()) {
      return new int[0];
    }
    String text = TableNames.in(handle, sql);
    try (PreparedStatement statement = preparation.prepare(handle.getConnection(), text)) {
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < parameters.size(); i++) {
          Object value = parameters.get(i).values().get(row);
          set(statement, i + 1, value == null ? null : dialect.encode(value));
        }
        statement.addBatch();
      }
      return statement.executeBatch();
    } catch (SQLException e) {
      throw new TransactionException(e.getMessage(), e);
    }
  }

  /** Sets a value by its type, because drivers are slow to determine the type themselves. */
  private static void set(PreparedStatement statement, int position, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(position, Types.NULL);
    } else if (value instanceof String text) {
      statement.setString(position, text);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(position, bytes);
    } else if (value instanceof Integer number) {
      statement.setInt(position, number);
    } else if (value instanceof Long number) {
      statement.setLong(position, number);
    } else {
      statement.setObject(position, value);
    }
  }
}
