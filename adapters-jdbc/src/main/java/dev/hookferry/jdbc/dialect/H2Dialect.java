package dev.hookferry.jdbc.dialect;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** H2 in a file, embedded in this process. */
final class H2Dialect implements ArrayDialect {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  /** Stores opened by this process; H2 itself only keeps other processes out. */
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  private static final String IN_MEMORY = "mem:";
  private static final String PATH =
      "SELECT COALESCE(DATABASE_PATH(), '" + IN_MEMORY + "' || DATABASE())";
  private static final String WRITE_DELAY =
      "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'";

  @Override
  public String folder() {
    return "h2";
  }

  @Override
  public String driver() {
    return "com.h2database:h2";
  }

  @Override
  public String flyway() {
    return "org.flywaydb:flyway-core";
  }

  @Override
  public void check(String url) {
    if (url.toLowerCase(Locale.ROOT).matches(".*;write_delay=(?!0(;|$)).*")) {
      throw InvalidException.of(
          "url", "must not set WRITE_DELAY: with any value but 0 a crash can corrupt the file");
    }
    String place = url.substring("jdbc:h2:".length()).toLowerCase(Locale.ROOT);
    if (place.matches("(mem|tcp|ssl|zip|nio[a-z]*mem[a-z]*|memfs|memlz):.*")
        || place.contains(";auto_server=true")) {
      throw InvalidException.of(
          "url",
          "must name a file that this process opens alone, such as jdbc:h2:file:./data/hookferry;"
              + " for several processes use PostgreSQL or MariaDB");
    }
  }

  /**
   * Turns off the write delay and the close on exit.
   *
   * <p>With a write delay, H2's own threads write: one may append a chunk to the file before the
   * chunk that it refers to has been given a position. Such a file does not open after a crash
   * ("Chunk not found"), and a checkpoint does not wait for those threads. Without a delay, the
   * committing thread writes, in order.
   *
   * <p>H2 would also close itself when the process begins to shut down, while deliveries are still
   * finishing.
   */
  @Override
  public String settle(String url) {
    return new UrlSettings(url, ';', ';')
        .withDefault("DB_CLOSE_ON_EXIT", "FALSE")
        .withDefault("LOCK_TIMEOUT", "10000")
        .withDefault("WRITE_DELAY", "0")
        .url();
  }

  @Override
  public @Nullable String sessionSql() {
    return null;
  }

  @Override
  public Runnable reserve(Handle handle, TableNames names) {
    String path = handle.createQuery(PATH).mapTo(String.class).one();
    String place = path + " " + names;
    if (!OPEN.add(place)) {
      throw new StoreException(
          path + " is already open in this process; open it once and share it");
    }
    AtomicBoolean mine = new AtomicBoolean(true);
    return () -> {
      if (mine.getAndSet(false)) {
        OPEN.remove(place);
      }
    };
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public int parallelCommits() {
    return 1;
  }

  @Override
  public String now() {
    return "CURRENT_TIMESTAMP(3)";
  }

  @Override
  public String keepAlive() {
    return "FOR UPDATE";
  }

  @Override
  public String lock(String alias) {
    return "FOR UPDATE";
  }

  @Override
  public String array() {
    return " ARRAY";
  }

  @Override
  public String type(ColumnRows.Type type) {
    return switch (type) {
      case TEXT -> "varchar";
      case UUID -> "uuid";
      case TIME -> "timestamp with time zone";
      case INTEGER -> "integer";
      case LONG -> "bigint";
      case FLAG -> "boolean";
      case BYTES -> "varbinary";
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>Refuses the options that {@link #check} refuses in the store's own URL. An application's
   * database may be in memory, though: the application decides how durable its events are.
   */
  @Override
  public ConnectionPreparation preparation(Connection connection) throws SQLException {
    String url = String.valueOf(connection.getMetaData().getURL());
    if (url.matches("jdbc:h2:(tcp|ssl):.*")) {
      throw InvalidException.of(
          "dataSource",
          "must open H2 in this process, from a file or in memory; for several processes use"
              + " PostgreSQL or MariaDB");
    }
    if (text(connection, PATH).startsWith(IN_MEMORY)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "H2 is in memory: all events are lost when the process ends; use it for tests only");
    } else if (!text(connection, WRITE_DELAY).equals("0")) {
      throw InvalidException.of(
          "dataSource",
          "must set WRITE_DELAY=0 in its URL, such as jdbc:h2:file:./data/shop;WRITE_DELAY=0: with"
              + " any other value a crash can corrupt the file");
    }
    return ConnectionPreparation.readCommitted();
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  /** {@inheritDoc} H2 reports only the size of the whole file. */
  @Override
  public @Nullable Long size(Handle handle, TableNames names) {
    return handle
        .createQuery(
            """
            SELECT CAST(setting_value AS BIGINT) FROM information_schema.settings
            WHERE setting_name = 'info.FILE_SIZE'
            """)
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  @Override
  public void beginSnapshot(Handle handle) {
    handle.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
    handle.begin();
    handle.execute("SELECT 1 FROM hookferry_config");
  }

  @Override
  public void endSnapshot(Handle handle) {
    handle.rollback();
    handle.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED");
  }

  /** Forces the file to disk; a commit alone only reaches the operating system. */
  @Override
  public void afterCommit(Handle handle) {
    handle.execute("CHECKPOINT SYNC");
  }

  @Override
  public String addToKeyQueues() {
    return """
        MERGE INTO hookferry_key_queue q
        USING (SELECT CAST(:id AS uuid) AS id, CAST(:added AS bigint) AS added) r ON q.id = r.id
        WHEN MATCHED THEN UPDATE SET last_position = q.last_position + r.added
        WHEN NOT MATCHED THEN INSERT (id, last_position) VALUES (r.id, r.added)
        """;
  }
}
