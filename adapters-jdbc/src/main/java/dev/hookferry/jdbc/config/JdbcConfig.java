package dev.hookferry.jdbc.config;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.log.JdbcAudit;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The configuration in tables. */
public final class JdbcConfig implements ConfigStore {
  private final Database database;
  private final SqlConfigReader reader;
  private final SqlConfigWriter writer;

  public JdbcConfig(Database database) {
    this.database = database;
    reader = new SqlConfigReader(database.dialect());
    writer = new SqlConfigWriter(database.dialect());
  }

  /**
   * Reads until no change came in between: every statement sees what is committed when it begins.
   */
  @Override
  public Config load() {
    return database.look(
        handle -> {
          Config config;
          do {
            config = reader.read(handle, version(handle));
          } while (config.version() != version(handle));
          return config;
        });
  }

  @Override
  public Optional<Long> save(List<ConfigChange> changes, long expected) {
    return database.change(
        (handle, careful) -> {
          if (!advance(handle, expected)) {
            return Optional.empty();
          }
          changes.forEach(change -> writer.apply(handle, change));
          JdbcAudit.insert(database.dialect(), handle, ConfigChange.notes(changes));
          return Optional.of(expected + 1);
        });
  }

  /** Locks the configuration too, until the transaction ends. */
  private static boolean advance(Handle handle, long expected) {
    return handle
            .createUpdate(
                "UPDATE hookferry_config SET version = version + 1 WHERE version = :expected")
            .bind("expected", expected)
            .execute()
        == 1;
  }

  @Override
  public long version() {
    return database.look(JdbcConfig::version);
  }

  private static long version(Handle handle) {
    return handle.createQuery("SELECT version FROM hookferry_config").mapTo(Long.class).one();
  }
}
