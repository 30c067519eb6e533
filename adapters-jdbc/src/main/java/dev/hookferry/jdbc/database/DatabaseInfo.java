package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.StoreInfo.LiveNode;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Describes the database to operators: product and version, size, live nodes. */
public final class DatabaseInfo {
  private final Database database;
  private final String layout;
  private final Duration ownerTimeout;

  /**
   * Creates the description of a database.
   *
   * @param layout a description of its tables, such as their version
   */
  public DatabaseInfo(Database database, String layout, Duration ownerTimeout) {
    this.database = database;
    this.layout = layout;
    this.ownerTimeout = ownerTimeout;
  }

  public StoreInfo read() {
    return database.query(
        handle ->
            new StoreInfo(
                kind(handle),
                layout,
                database.dialect().size(handle, database.names()),
                nodes(handle)));
  }

  /**
   * Returns a message if a newer version has migrated the tables since this store was opened, so
   * that reading them would leave out data; null otherwise.
   */
  public @Nullable String newerTables() {
    return database.query(
        handle -> {
          try {
            TableVersions versions = TableVersions.read(handle.getConnection(), database.names());
            return Schema.newer(versions, kind(handle));
          } catch (SQLException e) {
            throw new StoreException("the version of the tables cannot be read", e);
          }
        });
  }

  private static String kind(Handle handle) {
    try {
      DatabaseMetaData data = handle.getConnection().getMetaData();
      return data.getDatabaseProductName() + " " + data.getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("the driver did not report the database product", e);
    }
  }

  private List<LiveNode> nodes(Handle handle) {
    Dialect dialect = database.dialect();
    RowReader reading = new RowReader(dialect);
    Instant earliest =
        dialect.isShared() ? database.now(handle).minus(ownerTimeout) : Instant.EPOCH;
    return handle
        .createQuery(
            """
            SELECT node, started_at, heard_at FROM hookferry_owner
            WHERE heard_at >= :earliest ORDER BY started_at, id
            """)
        .bind("earliest", earliest)
        .map(
            (row, context) ->
                new LiveNode(
                    row.getString("node"),
                    reading.time(row, "started_at"),
                    reading.time(row, "heard_at")))
        .list();
  }
}
