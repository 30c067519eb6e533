package dev.hookferry.jdbc.dialect;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;

/** PostgreSQL 13 and later. */
public final class PostgresDialect implements ArrayDialect {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  @Override
  public String folder() {
    return "postgresql";
  }

  @Override
  public void check(String url) {
    if (url.toLowerCase(Locale.ROOT).contains("binarytransfer")) {
      throw InvalidException.of("url", "must not set binaryTransfer: rows go in the binary form");
    }
  }

  @Override
  public String settle(String url) {
    return new UrlSettings(url, '?', '&')
        .unlessSaid("connectTimeout", "5")
        .unlessSaid("socketTimeout", "60")
        .unlessSaid("tcpKeepAlive", "true")
        .unlessSaid("ApplicationName", "hookferry")
        // It would show the row that the server refused.
        .unlessSaid("logServerErrorDetail", "false")
        .unlessSaid("binaryTransferEnable", BinaryArray.ENABLED)
        .url();
  }

  /**
   * The queue grows and shrinks by the million within the minutes between two looks of the
   * planner's statistics, so its statements must not depend on them: the indexes are always right.
   * A session that hangs in a transaction would keep its owner from being given up, and whoever
   * repeats its events waiting; no transaction of ours does anything else meanwhile. What is larger
   * than 2 KB is compressed by LZ4, where the server has it: its old way costs more than the rest
   * of a commit.
   */
  @Override
  public String sessionSql() {
    return """
    SET idle_in_transaction_session_timeout = '5s';
    SET lock_timeout = '10s';
    SET jit = off;
    SET enable_seqscan = off;
    SET enable_bitmapscan = off;
    SET enable_hashjoin = off;
    SET enable_mergejoin = off;
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off';
    """
        + prefer("default_toast_compression", "pglz", "lz4");
  }

  /** Sets what has one value to a better one, where the server knows that. */
  static String prefer(String setting, String usual, String better) {
    return """
    SELECT set_config(name, '%3$s', false) FROM pg_settings
    WHERE name = '%1$s' AND setting = '%2$s' AND '%3$s' = ANY (enumvals)
    """
        .formatted(setting, usual, better);
  }

  @Override
  public void inspect(Handle handle) {
    String encoding = handle.createQuery("SHOW server_encoding").mapTo(String.class).one();
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          "the database's encoding is " + encoding + "; create it with ENCODING 'UTF8'");
    }
    PostgresSettings.warnings(handle)
        .forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
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

  @Override
  public void insert(Handle handle, String table, ColumnRows rows) {
    if (!rows.isEmpty()) {
      String sql = "INSERT INTO " + table + " (" + rows.names("") + ") SELECT * FROM <rows> r";
      with(handle.createUpdate(sql), "rows", rows).execute();
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
  public String sizeSql() {
    return """
    SELECT COALESCE(SUM(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
    WHERE relname LIKE 'hookferry|_%' ESCAPE '|' AND relkind = 'r' AND pg_table_is_visible(oid)
    """;
  }
}
