package dev.hookferry.jdbc;

import dev.hookferry.port.StoreException;
import dev.hookferry.refusal.InvalidException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** H2 in a file of its own, within this process. */
final class H2Dialect implements Dialect {
  /** H2 itself keeps other processes out, but not other users within this one. */
  private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

  @Override
  public String folder() {
    return "h2";
  }

  @Override
  public void check(String url) {
    String place = url.substring("jdbc:h2:".length()).toLowerCase(Locale.ROOT);
    if (place.matches("(mem|tcp|ssl|zip|nio[a-z]*mem[a-z]*|memfs|memlz):.*")
        || place.contains(";auto_server=true")) {
      throw InvalidException.of(
          "url",
          "must name a file that this process opens alone, such as jdbc:h2:file:./data/hookferry;"
              + " for several processes take PostgreSQL or MariaDB");
    }
  }

  /** H2 would close itself when the process begins to stop, while deliveries still end. */
  @Override
  public String settle(String url) {
    return new UrlSettings(url, ';', ';')
        .unlessSaid("DB_CLOSE_ON_EXIT", "FALSE")
        .unlessSaid("LOCK_TIMEOUT", "10000")
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
          path + " is open in this process already; open it once and share it");
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
  public Object encode(Object value) {
    return ArrayRows.encode(value);
  }

  @Override
  public @Nullable UUID readUuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  @Override
  public @Nullable Instant readTime(ResultSet row, String column) throws SQLException {
    return ArrayRows.readTime(row, column);
  }

  @Override
  public <S extends SqlStatement<S>> S with(S statement, String name, Rows rows) {
    return ArrayRows.with(statement, name, rows, H2Dialect::type, " ARRAY");
  }

  private static String type(Rows.Type type) {
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
  public DeliveryQueue queue() {
    return new PlainQueue(this);
  }

  /** A commit alone reaches the operating system, not the disk. */
  @Override
  public void afterCommit(Handle handle) {
    handle.execute("CHECKPOINT SYNC");
  }
}
