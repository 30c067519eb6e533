package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.SqlFault;
import dev.hookferry.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables to the state that this version knows. Several processes may do it at once. */
public final class Schema {
  /** In our own package, where the migrations of a product that embeds us are not looked for. */
  private static final String FOLDERS = "classpath:dev/hookferry/jdbc/migration/";

  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final JdbcStoreOptions options;
  private final Dialect dialect;

  public Schema(JdbcStoreOptions options, Dialect dialect) {
    this.options = options;
    this.dialect = dialect;
  }

  /**
   * Does it.
   *
   * @return the version that the tables have now
   */
  public String migrate() {
    reach();
    int triesLeft = TRIES;
    while (true) {
      try {
        return migrateOnce();
      } catch (FlywayException e) {
        // Another process may just be making the history, which then is there but empty.
        triesLeft--;
        if (triesLeft == 0) {
          throw new StoreException(
              options.place() + ": the tables could not be brought up to date: " + e.getMessage(),
              e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private String migrateOnce() {
    Flyway flyway = flyway();
    MigrationInfoService known = flyway.info();
    requireNothingNewer(known);
    if (known.pending().length > 0) {
      flyway.migrate();
      return version(flyway.info());
    }
    return version(known);
  }

  private static String version(MigrationInfoService known) {
    MigrationInfo current = known.current();
    return current == null ? "none" : String.valueOf(current.getVersion());
  }

  /** Asks for a connection before anything else does, for a sentence that helps. */
  private void reach() {
    Properties properties = new Properties();
    if (options.user() != null) {
      properties.setProperty("user", options.user());
    }
    if (options.password() != null) {
      properties.setProperty("password", options.password());
    }
    try (Connection connection =
        DriverManager.getConnection(dialect.settle(options.url()), properties)) {
      connection.getMetaData();
    } catch (SQLException e) {
      throw new StoreException("cannot open " + options.place() + ": " + SqlFault.message(e), e);
    } catch (IllegalArgumentException e) {
      // What a driver says of a URL that it took at first, such as of a port that cannot be.
      throw new StoreException("cannot open " + options.place() + ": " + e.getMessage(), e);
    }
  }

  private Flyway flyway() {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(dialect.settle(options.url()), options.user(), options.password())
        .locations(FOLDERS + dialect.folder())
        .table("hookferry_schema_history")
        // Other tables may be there already; ours begin after a baseline before the first version.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  private void requireNothingNewer(MigrationInfoService known) {
    Arrays.stream(known.all())
        .filter(Schema::isNewer)
        .reduce((earlier, later) -> later)
        .ifPresent(
            newest -> {
              throw new StoreException(
                  options.place()
                      + " was set up by a newer Hookferry: its tables have version "
                      + newest.getVersion()
                      + ", which this version does not know; start the newer one");
            });
  }

  private static boolean isNewer(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }
}
