package dev.hookferry.jdbc.dialect;

import dev.hookferry.jdbc.inspection.ServerSetting;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.transaction.TransactionException;
import org.postgresql.PGConnection;

/** PostgreSQL 13 and later. */
public final class PostgresDialect implements ArrayDialect {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");
  private static final String COMMIT = "synchronous_commit";
  private static final String COMPRESSION = "default_toast_compression";

  /** Number of rows at which COPY becomes worth its round trips. */
  private static final int FEW = 20;

  private static final List<String> SETTINGS =
      List.of(
          "idle_in_transaction_session_timeout = '5s'",
          "lock_timeout = '10s'",
          "jit = off",
          "enable_seqscan = off",
          "enable_bitmapscan = off",
          "enable_hashjoin = off",
          "enable_mergejoin = off");

  @Override
  public String folder() {
    return "postgresql";
  }

  @Override
  public String driver() {
    return "org.postgresql:postgresql";
  }

  @Override
  public String flyway() {
    return "org.flywaydb:flyway-database-postgresql";
  }

  @Override
  public void check(String url) {
    if (url.toLowerCase(Locale.ROOT).contains("binarytransfer")) {
      throw InvalidException.of("url", "must not set binaryTransfer: rows are sent in binary form");
    }
  }

  @Override
  public String settle(String url) {
    return new UrlSettings(url, '?', '&')
        .withDefault("connectTimeout", "5")
        .withDefault("socketTimeout", "60")
        .withDefault("tcpKeepAlive", "true")
        .withDefault("ApplicationName", "hookferry")
        // The detail would show the row that the server refused.
        .withDefault("logServerErrorDetail", "false")
        .withDefault("binaryTransferEnable", BinaryArray.ENABLED)
        .url();
  }

  /**
   * {@inheritDoc}
   *
   * <p>All settings apply to the transaction only, and are sent with its BEGIN in one round trip.
   * None of the statements is a query, because a transaction that reads a list sets its isolation
   * level later.
   */
  @Override
  public ConnectionPreparation preparation(Connection connection) throws SQLException {
    StringBuilder sql =
        new StringBuilder("SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE");
    SETTINGS.forEach(setting -> sql.append("; SET LOCAL ").append(setting));
    if (supportsBetter(connection, COMPRESSION, "pglz", "lz4")) {
      sql.append("; SET LOCAL " + COMPRESSION + " = 'lz4'");
    }
    if (supportsBetter(connection, COMMIT, "off", "on")) {
      sql.append("; SET LOCAL " + COMMIT + " = 'on'");
    }
    return ConnectionPreparation.of(sql.toString());
  }

  @Override
  public List<ServerSetting> settings(Connection connection) throws SQLException {
    return PostgresSettings.read(connection);
  }

  private static boolean supportsBetter(
      Connection connection, String setting, String usual, String better) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 1 " + better(setting, usual, better))) {
      return row.next();
    }
  }

  /**
   * Sets planner, timeout and compression options of a session.
   *
   * <p>The queue grows and shrinks by millions of rows between two runs of ANALYZE, so its
   * statements must not depend on statistics; the indexes are always the right choice. Idle
   * transactions are limited, because a session stuck in one would keep its owner from being
   * evicted and block producers that repeat its events; our own transactions never idle. Values
   * above 2 KB are compressed with LZ4 if the server supports it, because the default compression
   * costs more than the rest of a commit.
   */
  @Override
  public String sessionSql() {
    return SETTINGS.stream().map(setting -> "SET " + setting + "; ").collect(Collectors.joining())
        + prefer(COMMIT, "off", "on")
        + ";"
        + prefer(COMPRESSION, "pglz", "lz4");
  }

  /**
   * Returns SQL that changes a setting from its usual value to a better one, if the server supports
   * that.
   */
  static String prefer(String setting, String usual, String better) {
    return "SELECT set_config(name, '" + better + "', false) " + better(setting, usual, better);
  }

  private static String better(String setting, String usual, String better) {
    return """
    FROM pg_settings
    WHERE name = '%1$s' AND setting = '%2$s' AND '%3$s' = ANY (enumvals)
    """
        .formatted(setting, usual, better);
  }

  @Override
  public void inspect(Handle handle) {
    String encoding = handle.createQuery("SHOW server_encoding").mapTo(String.class).one();
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          "the database's encoding is " + encoding, "create it with ENCODING 'UTF8'", null);
    }
    PostgresSettings.unsafe(handle).forEach(setting -> UnsafeSettings.log(LOG, setting));
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public int parallelCommits() {
    return 4;
  }

  @Override
  public String now() {
    return "clock_timestamp()";
  }

  @Override
  public String keepAlive() {
    return "FOR KEY SHARE";
  }

  @Override
  public String lock(String alias) {
    return "FOR UPDATE OF " + alias;
  }

  /**
   * Repeats the expression of the index {@code hookferry_event_labels}, so that the index is used.
   */
  @Override
  public String hasLine(String column, String parameter) {
    return "(%1$s IS NOT NULL AND string_to_array(btrim(%1$s, chr(10)), chr(10)) @> ARRAY[btrim(:%2$s, chr(10))])"
        .formatted(column, parameter);
  }

  @Override
  public boolean hasFieldTable() {
    return false;
  }

  @Override
  public void insert(Handle handle, String table, ColumnRows rows) {
    if (!rows.isEmpty()) {
      String sql = "INSERT INTO " + table + " (" + rows.names("") + ") SELECT * FROM <rows> r";
      with(handle.createUpdate(sql), "rows", rows).execute();
    }
  }

  @Override
  public boolean canCopy(Handle handle) {
    try {
      return handle.getConnection().isWrapperFor(PGConnection.class);
    } catch (SQLException e) {
      throw new TransactionException(e.getMessage(), e);
    }
  }

  @Override
  public void load(Handle handle, String table, ColumnRows rows) {
    if (rows.size() < FEW) {
      insert(handle, table, rows);
    } else {
      BinaryCopy.insert(handle, table, rows);
    }
  }

  @Override
  public String array() {
    return "[]";
  }

  @Override
  public String type(ColumnRows.Type type) {
    return switch (type) {
      case TEXT -> "text";
      case UUID -> "uuid";
      case TIME -> "timestamptz";
      case INTEGER -> "int4";
      case LONG -> "int8";
      case FLAG -> "bool";
      case BYTES -> "bytea";
    };
  }

  @Override
  public <S extends SqlStatement<S>> S with(S statement, String name, ColumnRows rows) {
    String arrays =
        rows.columns().stream()
            .map(column -> ":" + name + "_" + column.name())
            .collect(Collectors.joining(", "));
    statement.define(name, "(SELECT * FROM unnest(" + arrays + ") AS t (" + rows.names("") + "))");
    rows.columns()
        .forEach(
            column -> {
              BinaryArray array = new BinaryArray(column);
              statement.bind(
                  name + "_" + column.name(),
                  (Argument) (position, prepared, context) -> prepared.setObject(position, array));
            });
    return statement;
  }

  @Override
  public void beginBulk(Handle handle) {
    handle.execute("SET LOCAL synchronous_commit = off");
  }

  @Override
  public void beginSnapshot(Handle handle) {
    handle.begin();
    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    // The last one is new in PostgreSQL 17.
    handle.execute(
        """
        SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN
          ('idle_in_transaction_session_timeout', 'statement_timeout', 'transaction_timeout')
        """);
    handle.execute("SELECT 1 FROM hookferry_config");
  }

  @Override
  public void endSnapshot(Handle handle) {
    handle.rollback();
  }

  @Override
  public Long size(Handle handle, TableNames names) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(SUM(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
            WHERE relname ~ :names AND relkind = 'r' AND relnamespace =
              (SELECT relnamespace FROM pg_class WHERE oid = 'hookferry_owner'::regclass)
            """)
        .bind("names", names.pattern())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public String addToKeyQueues() {
    return """
    INSERT INTO hookferry_key_queue AS q (id, last_position) SELECT r.id, r.added FROM <rows> r
    ON CONFLICT (id) DO UPDATE SET last_position = q.last_position + EXCLUDED.last_position
    RETURNING id, last_position
    """;
  }
}
