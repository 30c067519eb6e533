package dev.hookferry.jdbc.dialect;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** H2 in a file, embedded in this process. */
final class H2Dialect implements ArrayDialect {
  /** Files opened by this process; H2 itself only keeps other processes out. */
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  @Override
  public String folder() {
    return "h2";
  }

  @Override
  public String artifacts() {
    return "com.h2database:h2";
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
   * chunk that it refers to has a place. Such a file does not open after a crash ("Chunk not
   * found"), and a checkpoint does not wait for those threads. Without a delay, the committing
   * thread writes, in order.
   *
   * <p>H2 would also close itself when the process begins to stop, while deliveries are still
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
  public Runnable reserve(Handle handle) {
    String path = handle.createQuery("SELECT DATABASE_PATH()").mapTo(String.class).one();
    if (!OPEN.add(path)) {
      throw new StoreException(
          path + " is already open in this process; open it once and share it");
    }
    AtomicBoolean mine = new AtomicBoolean(true);
    return () -> {
      if (mine.getAndSet(false)) {
        OPEN.remove(path);
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

  @Override
  public String sizeSql() {
    return """
    SELECT CAST(setting_value AS BIGINT) FROM information_schema.settings
    WHERE setting_name = 'info.FILE_SIZE'
    """;
  }

  /** Forces the file to disk; a commit alone only reaches the operating system. */
  @Override
  public void afterCommit(Handle handle) {
    handle.execute("CHECKPOINT SYNC");
  }
}
