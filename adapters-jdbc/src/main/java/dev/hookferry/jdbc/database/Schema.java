package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.SqlFault;
import dev.hookferry.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Migrates the tables to the version that this Hookferry knows, or accepts newer compatible ones.
 * Several processes may migrate at once.
 */
public final class Schema {
  /**
   * In our own package, so that an application that embeds Hookferry does not pick up our
   * migrations.
   */
  private static final String FOLDERS = "classpath:dev/hookferry/jdbc/migration/";

  /**
   * Marks a migration as compatible with older nodes: the end of its name declares the oldest
   * version whose nodes still run after it, such as {@code
   * V12__priority_of_deliveries_compatible_with_11.sql}. The name is stored in the database, so
   * nodes without the file know it too. Without the mark, older nodes refuse to start.
   */
  public static final Pattern COMPATIBLE =
      Pattern.compile("(?:^|[ _])compatible[ _]with[ _](\\d+)$");

  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  private static final int TRIES = 5;
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final ConnectionSettings settings;
  private final Dialect dialect;

  public Schema(ConnectionSettings settings, Dialect dialect) {
    this.settings = settings;
    this.dialect = dialect;
  }

  /**
   * Migrates the tables, retrying while another process does the same.
   *
   * @return the version that the tables have now
   * @throws StoreException if the database cannot be reached, or the tables are of an incompatible
   *     newer version or cannot be migrated
   */
  public String migrate() {
    reach();
    int triesLeft = TRIES;
    while (true) {
      try {
        return migrateOnce();
      } catch (FlywayException e) {
        requireFlywayModule(e);
        // Another process may be creating the history table, which is empty at first.
        triesLeft--;
        if (triesLeft == 0) {
          throw new StoreException(
              settings.place() + ": the tables could not be migrated: " + e.getMessage(), e);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /**
   * Checks that the tables are of the version that this Hookferry knows, or of a newer compatible
   * one. Changes nothing.
   *
   * @return the version that the tables have
   * @throws StoreException if the database cannot be reached, or the tables are missing or of
   *     another version
   */
  public String validate() {
    reach();
    try {
      MigrationInfoService known = flyway().info();
      requireCompatible(known);
      if (known.pending().length > 0) {
        String current = version(known);
        throw new StoreException(
            current.equals("none") || current.equals("0")
                ? settings.place() + " has no tables of Hookferry"
                : "%s has tables of the earlier version %s; start this Hookferry on it once"
                    .formatted(settings.place(), current));
      }
      return version(known);
    } catch (FlywayException e) {
      requireFlywayModule(e);
      throw new StoreException(settings.place() + ": " + e.getMessage(), e);
    }
  }

  private void requireFlywayModule(FlywayException e) {
    if (String.valueOf(e.getMessage()).contains("found to handle jdbc:")) {
      throw new StoreException(
          "cannot open %s: no Flyway module for it on the class path; add %s to the dependencies"
              .formatted(settings.place(), dialect.artifacts()),
          e);
    }
  }

  private String migrateOnce() {
    Flyway flyway = flyway();
    MigrationInfoService known = flyway.info();
    requireCompatible(known);
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

  /** Connects once before the migration, for a clearer error message. */
  private void reach() {
    Properties properties = new Properties();
    if (settings.user() != null) {
      properties.setProperty("user", settings.user());
    }
    if (settings.password() != null) {
      properties.setProperty("password", settings.password());
    }
    try (Connection connection =
        DriverManager.getConnection(dialect.settle(settings.url()), properties)) {
      connection.getMetaData();
    } catch (SQLException e) {
      if (SqlFault.isNoDriver(e)) {
        // Not as the cause: its message is the whole URL, which may hold a password.
        throw new StoreException(
            "cannot open %s: no driver on the class path; add %s to the dependencies"
                .formatted(settings.place(), dialect.artifacts()));
      }
      throw new StoreException("cannot open " + settings.place() + ": " + SqlFault.message(e), e);
    } catch (IllegalArgumentException e) {
      // Some drivers report a bad URL this way, for example an invalid port.
      throw new StoreException("cannot open " + settings.place() + ": " + e.getMessage(), e);
    }
  }

  private Flyway flyway() {
    FluentConfiguration flyway = Flyway.configure(Schema.class.getClassLoader());
    if (settings.schema() != null) {
      flyway.schemas(settings.schema());
    }
    return flyway
        .dataSource(dialect.settle(settings.url()), settings.user(), settings.password())
        .locations(FOLDERS + dialect.folder())
        .table("hookferry_schema_history")
        // The schema may hold other tables already; the baseline precedes our first version.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  /**
   * Refuses tables of a newer version, unless every migration that this version does not know
   * declares itself compatible: see {@link #COMPATIBLE}.
   */
  private void requireCompatible(MigrationInfoService migrations) {
    Optional<MigrationVersion> known =
        Arrays.stream(migrations.all())
            .filter(migration -> migration.getState().isResolved())
            .map(MigrationInfo::getVersion)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder());
    List<MigrationInfo> newer = Arrays.stream(migrations.all()).filter(Schema::isNewer).toList();
    for (MigrationInfo migration : newer) {
      boolean runs =
          migration.getState() == MigrationState.FUTURE_SUCCESS
              && known.isPresent()
              && known.get().compareTo(oldestCompatible(migration)) >= 0;
      if (!runs) {
        throw new StoreException(
            String.format(
                "%s was set up by a newer Hookferry: its tables have version %s, and this version"
                    + " runs on version %s; start the newer Hookferry",
                settings.place(),
                migration.getVersion(),
                known.map(MigrationVersion::toString).orElse("0")));
      }
    }
    if (!newer.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "schema.newer known={0} tables={1}: the tables are compatible with this version",
          known.get(),
          newer.get(newer.size() - 1).getVersion());
    }
  }

  private static MigrationVersion oldestCompatible(MigrationInfo migration) {
    Matcher declared = COMPATIBLE.matcher(migration.getDescription());
    return declared.find()
        ? MigrationVersion.fromVersion(declared.group(1))
        : migration.getVersion();
  }

  private static boolean isNewer(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }
}
