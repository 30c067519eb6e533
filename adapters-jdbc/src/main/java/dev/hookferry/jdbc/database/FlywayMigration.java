package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Runs the scripts with Flyway. Nothing else needs Flyway, which is optional. */
final class FlywayMigration {
  /**
   * In our own package, so that an application that embeds Hookferry does not pick up our
   * migrations.
   */
  private static final String FOLDERS = "classpath:dev/hookferry/jdbc/migration/";

  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final ConnectionSource source;
  private final TableNames names;

  FlywayMigration(ConnectionSource source, TableNames names) {
    this.source = source;
    this.names = names;
  }

  /**
   * Migrates the tables, retrying while another process does the same.
   *
   * @param currentVersion the version of tables that were created without Flyway; 0 if there are
   *     none
   * @throws StoreException if the tables cannot be migrated
   */
  void run(int currentVersion) {
    int triesLeft = TRIES;
    FlywayException first = null;
    while (true) {
      try {
        runOnce(currentVersion, first);
        return;
      } catch (FlywayException e) {
        first = first == null ? e : first;
        requireModule(e);
        // Another process may be creating the history table, which is empty at first.
        triesLeft--;
        if (triesLeft == 0) {
          throw new StoreException(
              source.place() + ": the tables could not be migrated: " + e.getMessage(), e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void requireModule(FlywayException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("found to handle jdbc:") || message.startsWith("Unsupported Database")) {
      throw new StoreException(
          "cannot open %s: no Flyway module for it on the class path".formatted(source.place()),
          "add %s to the dependencies".formatted(source.dialect().flyway()),
          e);
    }
  }

  private void runOnce(int currentVersion, @Nullable FlywayException before) {
    Flyway flyway = flyway(currentVersion);
    MigrationInfoService info = flyway.info();
    for (MigrationInfo migration : info.all()) {
      if (migration.getState() == MigrationState.FUTURE_FAILED) {
        throw new StoreException(
            "%s: a newer version of Hookferry failed to migrate the tables to version %s"
                .formatted(source.place(), migration.getVersion()),
            "start the newer version of Hookferry again",
            null);
      }
      if (migration.getState() == MigrationState.FAILED) {
        throw incomplete(currentVersion, migration, before);
      }
    }
    // Flyway would wait for its lock, and warn about migrations of newer versions.
    if (info.pending().length > 0) {
      flyway.migrate();
    }
  }

  /**
   * Returns the failure for incomplete tables. If a database does not roll back DDL, an interrupted
   * script leaves some of its changes behind.
   */
  private StoreException incomplete(
      int currentVersion, MigrationInfo migration, @Nullable FlywayException why) {
    String problem =
        "%s: the tables are incomplete, because version %s of them failed or was interrupted%s"
            .formatted(
                source.place(),
                migration.getVersion(),
                why == null ? "" : " (" + String.valueOf(why.getMessage()).strip() + ")");
    return new StoreException(problem, MigrationHistory.remedy(currentVersion, names), why);
  }

  private Flyway flyway(int currentVersion) {
    FluentConfiguration flyway = Flyway.configure(FlywayMigration.class.getClassLoader());
    DataSource pool = source.dataSource();
    if (pool != null) {
      flyway.dataSource(new MigrationDataSource(pool));
    }
    ConnectionSettings settings = source.settings();
    if (settings != null) {
      String url = source.dialect().settle(settings.url());
      flyway.dataSource(url, settings.user(), settings.password());
    }
    if (names.schema() != null) {
      flyway.schemas(names.schema());
    }
    return flyway
        .locations(FOLDERS + source.dialect().folder())
        .table(names.prefix() + "schema_history")
        // The scripts are plain SQL with the default prefix, which is a placeholder for Flyway: its
        // beginning, its name and its end. Without the space, Flyway would also replace it in the
        // quoted name of a schema.
        .placeholderPrefix(" hook")
        .placeholders(Map.of("ferry", " " + names.prefix()))
        .placeholderSuffix("_")
        // The schema may already contain other tables, or our tables created by the application.
        .baselineOnMigrate(true)
        .baselineVersion(String.valueOf(currentVersion))
        .load();
  }
}
