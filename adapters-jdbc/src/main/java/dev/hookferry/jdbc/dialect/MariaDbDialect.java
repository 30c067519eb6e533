package dev.hookferry.jdbc.dialect;

import dev.hookferry.jdbc.inspection.ServerSetting;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** MariaDB 10.6 and later. MySQL 8 understands the same statements, but is not tested. */
public final class MariaDbDialect implements Dialect {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  /** The default of servers, and the most that the driver sends at once. */
  private static final long MIN_PACKET = 16 << 20;

  @Override
  public String joinInOrder() {
    return "STRAIGHT_JOIN ";
  }

  @Override
  public String folder() {
    return "mariadb";
  }

  @Override
  public String driver() {
    return "org.mariadb.jdbc:mariadb-java-client";
  }

  @Override
  public String flyway() {
    return "org.flywaydb:flyway-mysql";
  }

  @Override
  public String settle(String url) {
    return new UrlSettings(url, '?', '&')
        .withDefault("connectTimeout", "5000")
        .withDefault("socketTimeout", "60000")
        .withDefault("useBulkStmts", "true")
        .url();
  }

  /**
   * Limits lock waits and idle transactions. A session stuck in a transaction would keep its owner
   * from being evicted and block producers that repeat its events. MySQL has no limit for idle
   * transactions and skips the version comment.
   */
  @Override
  public String sessionSql() {
    return "SET innodb_lock_wait_timeout = 10 /*M! , idle_transaction_timeout = 5 */";
  }

  @Override
  public void inspect(Handle handle) {
    int flush =
        handle.createQuery("SELECT @@innodb_flush_log_at_trx_commit").mapTo(Integer.class).one();
    UnsafeSettings.log(LOG, flush(Integer.toString(flush)));
    long packet = handle.createQuery("SELECT @@max_allowed_packet").mapTo(Long.class).one();
    UnsafeSettings.log(LOG, packet(packet));
  }

  /** Checks whether a commit waits for the disk. */
  static ServerSetting flush(String value) {
    boolean isSafe = value.equals("1");
    return new ServerSetting(
        "innodb_flush_log_at_trx_commit",
        value,
        isSafe ? null : "a crash of the machine can lose accepted events; set it to 1",
        !isSafe);
  }

  /** Checks the maximum statement size: the server closes a connection that sends more. */
  static ServerSetting packet(long bytes) {
    return new ServerSetting(
        "max_allowed_packet",
        Long.toString(bytes),
        bytes >= MIN_PACKET
            ? null
            : "the server cuts off connections that send large events, and commits fail as if the"
                + " database were down; set it to 16777216 or more",
        false);
  }

  @Override
  public List<ServerSetting> settings(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT @@innodb_flush_log_at_trx_commit, @@sync_binlog, @@log_bin,"
                    + " @@max_allowed_packet")) {
      boolean unused = row.next();
      String sync = row.getString(2);
      return List.of(
          flush(row.getString(1)),
          new ServerSetting(
              "sync_binlog",
              sync,
              sync.equals("1") || row.getInt(3) == 0
                  ? null
                  : "after a crash of the machine, replicas may lack accepted events; set it to 1",
              false),
          packet(row.getLong(4)));
    }
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
    return "UTC_TIMESTAMP(3)";
  }

  @Override
  public String keepAlive() {
    return "LOCK IN SHARE MODE";
  }

  @Override
  public String lock(String alias) {
    return "FOR UPDATE";
  }

  /** Sends times without a zone, so that the time zones of session and process do not matter. */
  @Override
  public Object encode(Object value) {
    if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
    return value instanceof Instant time
        ? LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC)
        : value;
  }

  @Override
  public String literal(UUID id) {
    return "x'" + id.toString().replace("-", "") + "'";
  }

  @Override
  public @Nullable UUID readUuid(ResultSet row, String column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    if (bytes == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  @Override
  public @Nullable Instant readTime(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  @Override
  public <S extends SqlStatement<S>> S with(S statement, String name, ColumnRows rows) {
    return JsonRows.with(statement, name, rows);
  }

  @Override
  public boolean hasSchemas() {
    return false;
  }

  @Override
  public String quote(String name) {
    return '`' + name + '`';
  }

  /** {@inheritDoc} None of these settings ends with the transaction, so all are restored. */
  @Override
  public ConnectionPreparation preparation(Connection connection) {
    return ConnectionPreparation.readCommitted()
        .and(
            """
            SET @hookferry_wait = @@innodb_lock_wait_timeout, innodb_lock_wait_timeout = 10
              /*M! , @hookferry_idle = @@idle_transaction_timeout, idle_transaction_timeout = 5 */
            """,
            """
            SET innodb_lock_wait_timeout = @hookferry_wait
              /*M! , idle_transaction_timeout = @hookferry_idle */
            """);
  }

  /**
   * The limits belong to the session, so they must be restored afterwards. MySQL's time limit has a
   * different name.
   */
  @Override
  public void beginSnapshot(Handle handle) {
    handle.execute(
        """
        SET SESSION innodb_lock_wait_timeout = 10
          /*M! , idle_transaction_timeout = 0,
            @hookferry_limit = @@max_statement_time, max_statement_time = 0 */
          /*!50708 , @hookferry_limit = @@max_execution_time, max_execution_time = 0 */
        """);
    handle.begin();
    handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    handle.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  }

  @Override
  public void endSnapshot(Handle handle) {
    handle.rollback();
    handle.execute(sessionSql());
    handle.execute(
        """
        SET SESSION innodb_lock_wait_timeout = 10
          /*M! , max_statement_time = @hookferry_limit */
          /*!50708 , max_execution_time = @hookferry_limit */
        """);
  }

  @Override
  public Long size(Handle handle, TableNames names) {
    return handle
        .createQuery(
            """
            SELECT CAST(COALESCE(SUM(data_length + index_length), 0) AS SIGNED)
            FROM information_schema.tables
            WHERE table_schema = COALESCE(:schema, DATABASE()) AND table_name REGEXP :names
            """)
        .bind("schema", names.schema())
        .bind("names", names.pattern())
        .mapTo(Long.class)
        .one();
  }

  /**
   * {@inheritDoc} Servers before 11.5.1 do not return counts for rows that are sent in bulk. With
   * such a server, the driver sends a statement that returns keys row by row.
   */
  @Override
  public PreparedStatement prepareCounted(Connection connection, String sql) throws SQLException {
    return connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS);
  }

  @Override
  public String addToKeyQueues() {
    return """
    INSERT INTO hookferry_key_queue (id, last_position) VALUES (:id, :added)
    ON DUPLICATE KEY UPDATE last_position = last_position + VALUES(last_position)
    """;
  }
}
