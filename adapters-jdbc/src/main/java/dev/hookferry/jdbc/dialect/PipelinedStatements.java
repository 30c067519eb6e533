package dev.hookferry.jdbc.dialect;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * Statements sent to PostgreSQL in one round trip; waiting for each response before sending the
 * next would cost more than most of the statements do. Not thread-safe.
 */
public final class PipelinedStatements {
  private final List<String> statements = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  /** Adds a statement with the values of its question marks. */
  public PipelinedStatements add(String sql, Object... values) {
    statements.add(sql);
    parameters.addAll(Arrays.asList(values));
    return this;
  }

  /**
   * Adds a statement in which {@code <rows>} stands for the rows as a table, with the values of the
   * question marks that follow. No effect if there are no rows.
   */
  public PipelinedStatements addFor(ColumnRows rows, String sql, Object... values) {
    if (!rows.isEmpty()) {
      statements.add(sql.replace("<rows>", table(rows)));
      rows.columns().forEach(column -> parameters.add(new BinaryArray(column)));
      parameters.addAll(Arrays.asList(values));
    }
    return this;
  }

  private static String table(ColumnRows rows) {
    String arrays = rows.columns().stream().map(c -> "?").collect(Collectors.joining(", "));
    return "unnest(" + arrays + ") AS r (" + rows.names("") + ")";
  }

  /**
   * Runs all statements in order.
   *
   * @return the ids that they returned
   */
  public Set<UUID> run(Handle handle) {
    String sql = TableNames.in(handle, String.join(";\n", statements));
    try (PreparedStatement all = handle.getConnection().prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        all.setObject(i + 1, parameters.get(i));
      }
      return ids(all);
    } catch (SQLException e) {
      throw new TransactionException(e.getMessage(), e);
    }
  }

  private static Set<UUID> ids(PreparedStatement all) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    boolean hasRows = all.execute();
    while (hasRows || all.getUpdateCount() >= 0) {
      if (hasRows) {
        ResultSet rows = all.getResultSet();
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
      hasRows = all.getMoreResults();
    }
    return ids;
  }
}
