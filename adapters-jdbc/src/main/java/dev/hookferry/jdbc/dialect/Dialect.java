package dev.hookferry.jdbc.dialect;

import dev.hookferry.jdbc.inspection.ServerSetting;
import dev.hookferry.refusal.InvalidException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The differences between databases. Stateless. */
public sealed interface Dialect permits ArrayDialect, MariaDbDialect {
  /**
   * Returns the dialect for a JDBC URL.
   *
   * @throws InvalidException if no supported database has such a URL
   */
  static Dialect of(String url) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect();
    }
    if (url.startsWith("jdbc:mariadb:")) {
      return new MariaDbDialect();
    }
    if (url.startsWith("jdbc:h2:")) {
      return new H2Dialect();
    }
    throw InvalidException.of(
        "url", "must begin with jdbc:postgresql:, jdbc:mariadb: (for MySQL too) or jdbc:h2:");
  }

  /**
   * Returns the dialect for the database that a connection is open to.
   *
   * @throws InvalidException if it is not a supported one
   */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "PostgreSQL" -> new PostgresDialect();
      case "MariaDB", "MySQL" -> new MariaDbDialect();
      case "H2" -> new H2Dialect();
      default ->
          throw InvalidException.of(
              "dataSource",
              "must connect to PostgreSQL, MariaDB, MySQL or H2 (is " + product + ")");
    };
  }

  /**
   * Returns the dialect with a name.
   *
   * @param name postgresql, mariadb or h2
   * @throws InvalidException if it is none of these
   */
  static Dialect named(String name) {
    return switch (name) {
      case "postgresql" -> new PostgresDialect();
      case "mariadb" -> new MariaDbDialect();
      case "h2" -> new H2Dialect();
      default ->
          throw InvalidException.of(
              "dialect", "must be postgresql, mariadb (for MySQL too) or h2 (got " + name + ")");
    };
  }

  /** Returns the name of the dialect, which is the folder of its migrations. */
  String folder();

  /** Returns the Maven artifact of the driver. */
  String driver();

  /** Returns the Maven artifacts of Flyway that migrate this database. */
  String flyway();

  /** Refuses a URL with settings that break the store's guarantees. */
  default void check(String url) {}

  /** Returns the URL with the required settings added, unless it sets them itself. */
  String settle(String url);

  /** Returns the SQL that initializes every connection of the pool, or null. */
  @Nullable String sessionSql();

  /**
   * Returns the preparation of connections that belong to the application.
   *
   * @param connection one of these connections, for inspecting the server; it is not changed
   */
  ConnectionPreparation preparation(Connection connection) throws SQLException;

  /** Returns whether a database has several schemas; if not, a schema is another database. */
  default boolean hasSchemas() {
    return true;
  }

  /** Quotes a name for this database. */
  default String quote(String name) {
    return '"' + name + '"';
  }

  /**
   * Checks the database's settings: refuses unsuitable ones, and logs warnings about unsafe ones.
   */
  default void inspect(Handle handle) {}

  /**
   * Returns the server's settings that matter to a store, as they are without {@link #sessionSql}.
   *
   * @param connection a connection to the server; it is not changed
   */
  default List<ServerSetting> settings(Connection connection) throws SQLException {
    return List.of();
  }

  /**
   * Reserves a database for this process if it cannot be shared, and returns the action that
   * releases it.
   *
   * @param names the store's tables; the process may open others in the same database
   */
  default Runnable reserve(Handle handle, TableNames names) {
    return () -> {};
  }

  /** Returns an id as an SQL literal. */
  default String literal(UUID id) {
    return "'" + id + "'";
  }

  /** Returns whether several processes can use the database at once. */
  boolean isShared();

  /** Returns how many commits may usefully run at once. */
  int parallelCommits();

  /** Returns the SQL expression for the database's current time. */
  String now();

  /** Returns the SELECT suffix that locks an owner's row so that the owner is not evicted. */
  String keepAlive();

  /** Returns the SELECT suffix that locks the rows of one of the query's tables. */
  String lock(String alias);

  /** Converts a value to the form that the driver expects. */
  Object encode(Object value);

  @Nullable UUID readUuid(ResultSet row, String column) throws SQLException;

  @Nullable Instant readTime(ResultSet row, String column) throws SQLException;

  /** Passes rows to a statement as a table, in place of the name in angle brackets. */
  <S extends SqlStatement<S>> S with(S statement, String name, ColumnRows rows);

  /**
   * Returns the condition that a column of {@link LabelLines} contains a line.
   *
   * @param parameter the name of the parameter that holds {@link LabelLines#line}
   */
  default String hasLine(String column, String parameter) {
    return "INSTR(" + column + ", :" + parameter + ") > 0";
  }

  /**
   * Returns whether values of search fields are looked up in {@code hookferry_event_field}. If
   * false, an index supports {@link #hasLine}, and there is no such table.
   */
  default boolean hasFieldTable() {
    return true;
  }

  /** Returns the hint after SELECT that joins tables in the order in which they are named. */
  default String joinInOrder() {
    return "";
  }

  /** Inserts rows whose columns are named like the table's. */
  default void insert(Handle handle, String table, ColumnRows rows) {
    String columns = rows.names("");
    String values = rows.names(":");
    each(handle, "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")", rows);
  }

  /**
   * Returns the statement that adds {@code added} to the last position of the queue {@code id},
   * which also locks the queue; a missing queue is created. The statement is either for a single
   * row, or for all {@code <rows>} at once and returns {@code id} and {@code last_position}.
   */
  String addToKeyQueues();

  /** Returns whether {@link BinaryRows} can read from this connection. */
  default boolean canCopy(Handle handle) {
    return false;
  }

  /**
   * Inserts rows as {@link #insert} does, in the way that is fastest for thousands of them. Needs
   * the store's own pool.
   */
  default void load(Handle handle, String table, ColumnRows rows) {
    insert(handle, table, rows);
  }

  /**
   * Runs a statement for every row, in one round trip. Its parameters are named like the columns.
   */
  default void each(Handle handle, String sql, ColumnRows rows) {
    new RowBatch(sql, rows).run(handle, this);
  }

  /**
   * Prepares a statement whose batches report how many database rows each of their rows changed.
   */
  default PreparedStatement prepareCounted(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** Returns the size of our tables in bytes, or null if it is unknown. */
  @Nullable Long size(Handle handle, TableNames names);

  /**
   * Begins a transaction that sees one state of the database, without any limit on how long it runs
   * or is idle. Changes nothing else in the session.
   */
  void beginSnapshot(Handle handle);

  /** Ends a transaction that {@link #beginSnapshot} began. */
  void endSnapshot(Handle handle);

  /**
   * Begins a transaction of a bulk load. It may become durable some time after its commit, but no
   * later than the next transaction that is durable on commit.
   */
  default void beginBulk(Handle handle) {}

  /** Makes a commit durable if committing alone is not enough. */
  default void afterCommit(Handle handle) {}
}
