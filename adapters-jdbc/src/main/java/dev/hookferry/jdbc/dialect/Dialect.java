package dev.hookferry.jdbc.dialect;

import com.zaxxer.hikari.HikariConfig;
import dev.hookferry.refusal.InvalidException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** What differs between databases. Stateless. */
public sealed interface Dialect permits ArrayDialect, MariaDbDialect {
  /** The dialect of a JDBC URL. */
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

  /** The folder of the migrations. */
  String folder();

  /** Refuses a URL that this store cannot keep its promises on. */
  default void check(String url) {}

  /** The URL with the settings that we need and that it does not make itself. */
  String settle(String url);

  /** What every connection of the pool begins with, or null. */
  @Nullable String sessionSql();

  /** Lets every connection of the pool begin in a schema. */
  default void begin(HikariConfig pool, String schema) {
    pool.setSchema(schema);
  }

  /** Refuses, or warns about, a database that is not set up for us. */
  default void inspect(Handle handle) {}

  /** Keeps others in this process from opening the database, where it cannot be shared. */
  default Runnable reserve(Handle handle) {
    return () -> {};
  }

  /** Whether several processes can use the database at once. */
  boolean isShared();

  /** How many commits may usefully run at once. */
  int parallelCommits();

  /** The database's time. */
  String now();

  /** What a SELECT ends with to keep an owner from being given up. */
  String keepAlive();

  /** What a SELECT ends with to lock the rows of one of its tables. */
  String lock(String alias);

  /** A value as the driver wants it. */
  Object encode(Object value);

  @Nullable UUID readUuid(ResultSet row, String column) throws SQLException;

  @Nullable Instant readTime(ResultSet row, String column) throws SQLException;

  /** Puts rows into a statement, in the place of the name in angle brackets, as a table. */
  <S extends SqlStatement<S>> S with(S statement, String name, ColumnRows rows);

  /** Inserts all rows; their columns have the names of the table's. */
  default void insert(Handle handle, String table, ColumnRows rows) {
    String columns = rows.names("");
    String values = rows.names(":");
    each(handle, "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")", rows);
  }

  /**
   * Runs a statement for every row, in one exchange with the database. Its parameters have the
   * names of the columns.
   */
  default void each(Handle handle, String sql, ColumnRows rows) {
    new RowBatch(sql, rows).run(handle, this);
  }

  /** A SELECT of one number: the bytes that our tables take. */
  String sizeSql();

  /** Makes a commit durable where committing alone does not. */
  default void afterCommit(Handle handle) {}
}
