package dev.hookferry.jdbc.config;

import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.log.JdbcAudit;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * The configuration in two tables: a single-row counter of changes, and one row per resource with
 * the number of its last change.
 *
 * <p>Every change locks the counter until its transaction ends, so change numbers become visible in
 * order and without gaps: a reader that sees number n sees all changes up to n. Concurrent changes
 * are serialized.
 */
public final class JdbcConfig implements ConfigStore {
  /** The number of changes a node may lag behind and still learn about removals. */
  private static final long REMEMBERED = 10_000;

  private static final long OFTEN = 1_000;
  private static final int FETCHED_AT_ONCE = 1_000;

  private final Database database;
  private final ConfigEntries entries;

  /**
   * Whether the next refresh must read everything, because a known version may stand for different
   * changes.
   */
  private final AtomicBoolean lost = new AtomicBoolean();

  public JdbcConfig(Database database) {
    this.database = database;
    entries = new ConfigEntries(database.dialect());
  }

  /** The numbers of the last change and of the last change whose removal rows were deleted. */
  private record Position(long version, long forgotten) {}

  @Override
  public Config load() {
    return database.queryInTurn(JdbcConfig::load);
  }

  private static Config load(Handle handle) {
    return read(handle, Config.EMPTY, -1, position(handle));
  }

  @Override
  public Config refresh(Config known) {
    if (lost.getAndSet(false)) {
      return loadAgain();
    }
    return database.queryInTurn(
        handle -> {
          Position position = position(handle);
          if (known.version() == position.version()) {
            return known;
          }
          boolean isTooOld =
              known.version() < position.forgotten() || known.version() > position.version();
          return isTooOld ? load(handle) : read(handle, known, known.version(), position);
        });
  }

  private Config loadAgain() {
    try {
      return load();
    } catch (RuntimeException e) {
      lost.set(true);
      throw e;
    }
  }

  /**
   * Makes the next refresh read everything. Call it when the database has lost changes, because its
   * version then does not show which changes it has.
   */
  public void changesLost() {
    lost.set(true);
  }

  /**
   * Repeats the read until no change commits in between: each statement sees what was committed
   * when it started.
   */
  private static Config read(Handle handle, Config known, long after, Position position) {
    Position before = position;
    while (true) {
      List<ConfigEntry> changed = changed(handle, after);
      Position now = position(handle);
      if (now.version() == before.version()) {
        // Removing a site removes its endpoints, so later additions must be applied later.
        List<ConfigChange> changes =
            Stream.concat(
                    changed.stream().filter(entry -> entry.text() == null),
                    changed.stream().filter(entry -> entry.text() != null))
                .map(ConfigEntry::change)
                .toList();
        return known.after(changes, now.version());
      }
      before = now;
    }
  }

  /**
   * Reads in a transaction; without a transaction, PostgreSQL's driver buffers all rows in memory.
   */
  private static List<ConfigEntry> changed(Handle handle, long after) {
    return handle.inTransaction(
        one ->
            one.createQuery(
                    "SELECT kind, id, site, body FROM hookferry_config_entry"
                        + " WHERE version > :after ORDER BY version, kind, id")
                .bind("after", after)
                .setFetchSize(FETCHED_AT_ONCE)
                .map(entry())
                .list());
  }

  private static RowMapper<ConfigEntry> entry() {
    return (row, context) -> {
      String site = row.getString("site");
      return new ConfigEntry(
          kind(row.getString("kind")),
          row.getString("id"),
          site == null ? null : new SiteId(site),
          row.getString("body"));
    };
  }

  private static ConfigEntry.Kind kind(String word) {
    try {
      return ConfigEntry.Kind.fromCode(word);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "the configuration contains a resource of the kind "
              + word
              + ", which this version of Hookferry does not know",
          "start the newer version that wrote it",
          e);
    }
  }

  @Override
  public Optional<Long> save(List<ConfigChange> changes, long expected) {
    return database.change(
        (handle, withAllChecks) -> {
          if (!advance(handle, expected)) {
            return Optional.empty();
          }
          changes.forEach(change -> entries.apply(handle, change, expected + 1));
          JdbcAudit.insert(database.dialect(), handle, ConfigChange.notes(changes));
          if ((expected + 1) % OFTEN == 0) {
            forget(handle, expected + 1 - REMEMBERED);
          }
          return Optional.of(expected + 1);
        });
  }

  /** Increments the version, which locks the configuration until the transaction ends. */
  private static boolean advance(Handle handle, long expected) {
    return handle
            .createUpdate(
                "UPDATE hookferry_config SET version = version + 1 WHERE version = :expected")
            .bind("expected", expected)
            .execute()
        == 1;
  }

  private static void forget(Handle handle, long upTo) {
    handle
        .createUpdate("DELETE FROM hookferry_config_entry WHERE body IS NULL AND version <= :upTo")
        .bind("upTo", upTo)
        .execute();
    handle
        .createUpdate("UPDATE hookferry_config SET forgotten = :upTo WHERE forgotten < :upTo")
        .bind("upTo", upTo)
        .execute();
  }

  @Override
  public long version() {
    return database.queryInTurn(JdbcConfig::version);
  }

  /** Returns the current version as seen by the running transaction. */
  public static long version(Handle handle) {
    return position(handle).version();
  }

  private static Position position(Handle handle) {
    return handle
        .createQuery("SELECT version, forgotten FROM hookferry_config")
        .map((row, context) -> new Position(row.getLong("version"), row.getLong("forgotten")))
        .one();
  }
}
