package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.jdbc.inspection.FailedMigration;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Migrates the tables to the version of this Hookferry, or checks them. Newer compatible versions
 * are accepted. Several processes may migrate at once.
 */
public final class Schema {
  /** The scripts of every dialect, oldest first: script N leads to version N. */
  static final List<String> SCRIPTS = List.of("V1__baseline.sql");

  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");
  private static final String FOLDER = "/dev/hookferry/jdbc/migration/";
  private static final int KNOWN = SCRIPTS.size();

  private final ConnectionSource source;
  private final TableNames names;

  public Schema(ConnectionSource source, TableNames names) {
    this.source = source;
    this.names = names;
  }

  /**
   * Migrates the tables with Flyway.
   *
   * @return the version that the tables have now
   * @throws StoreException if the database cannot be reached, Flyway is missing, or the tables are
   *     of an incompatible newer version or cannot be migrated
   */
  public String migrate() {
    TableVersions versions = read();
    requireUsable(versions);
    requireFlyway();
    new FlywayMigration(source, names).run(versions.newest());
    TableVersions migrated = read();
    if (migrated.newest() < KNOWN) {
      throw new StoreException(
          "cannot open %s: %s, because Flyway has found no migrations on the class path"
              .formatted(source.place(), state(migrated.newest())),
          "if you repackage Hookferry's jars, keep their directory entries",
          null);
    }
    return layout(migrated);
  }

  /** Looks up Flyway by name, because {@link FlywayMigration} cannot be loaded without it. */
  private void requireFlyway() {
    try {
      Class.forName("org.flywaydb.core.Flyway", false, Schema.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new StoreException(
          "cannot migrate the tables of %s: Flyway is not on the class path"
              .formatted(source.place()),
          "add %s to the dependencies, or create the tables yourself and open the store with"
                  .formatted(source.dialect().flyway())
              + " SchemaMode.VALIDATE",
          e);
    }
  }

  /**
   * Checks that the tables exist in a version that this Hookferry can use.
   *
   * @return the version that the tables have
   * @throws StoreException if the database cannot be reached, or the tables are missing or of a
   *     version that this Hookferry cannot use; the message says what to run
   */
  public String validate() {
    TableVersions versions = read();
    requireUsable(versions);
    if (versions.newest() < KNOWN) {
      List<String> missing = SCRIPTS.subList(versions.newest(), KNOWN);
      throw new StoreException(
          "cannot open %s: %s".formatted(source.place(), state(versions.newest())),
          "run the SQL of `%s` (%s), or open the store with SchemaMode.MIGRATE"
              .formatted(command(versions.newest()), files(missing)),
          null);
    }
    return layout(versions);
  }

  private String state(int currentVersion) {
    if (currentVersion > 0) {
      return "the tables have version " + currentVersion + ", this Hookferry needs " + KNOWN;
    }
    return isSchemaMissing()
        ? "the schema " + names.schema() + " is missing, and with it the tables " + names + "…"
        : "the tables " + names + "… are missing";
  }

  /**
   * Returns whether there are no tables yet.
   *
   * @throws StoreException if the database cannot be reached
   */
  public boolean isNew() {
    return read().newest() == 0;
  }

  /**
   * Returns the migration that left the tables incomplete; empty if none did. {@link #migrate}
   * refuses incomplete tables.
   *
   * @throws StoreException if the database cannot be reached
   */
  public Optional<FailedMigration> failedMigration() {
    int currentVersion = read().newest();
    return source.query(connection -> MigrationHistory.failed(connection, names, currentVersion));
  }

  /**
   * Returns the version of the tables, which may be older than the one that {@link #migrate}
   * migrates to.
   *
   * @throws StoreException if the database cannot be reached, or the tables are of an incompatible
   *     newer version
   */
  public String usable() {
    TableVersions versions = read();
    requireUsable(versions);
    return layout(versions);
  }

  /**
   * Checks only that the schema exists.
   *
   * @throws StoreException if the database cannot be reached or the schema is missing; the message
   *     says what to run
   */
  public String requireSchema() {
    if (isSchemaMissing()) {
      throw new StoreException(
          "cannot open %s: the schema %s is missing".formatted(source.place(), names.schema()),
          "run the SQL of `%s`, or open the store with SchemaMode.MIGRATE or with another schema"
              .formatted(command(0)),
          null);
    }
    return "tables not checked";
  }

  private boolean isSchemaMissing() {
    String schema = names.schema();
    return schema != null
        && source.dialect().hasSchemas()
        && !source.query(connection -> hasSchema(connection, schema));
  }

  private static boolean hasSchema(Connection connection, String name) throws SQLException {
    boolean found = false;
    // Without a pattern, because the name may contain the wildcard _.
    try (ResultSet schemas = connection.getMetaData().getSchemas()) {
      while (schemas.next() && !found) {
        found = name.equals(schemas.getString("TABLE_SCHEM"));
      }
    }
    return found;
  }

  /**
   * Checks that the tables have the version that this Hookferry knows, so that it can read all of
   * their data.
   *
   * @return the version that the tables have
   * @throws StoreException as for {@link #validate}, or if the tables are newer
   */
  public String validateForTransfer() {
    String layout = validate();
    String newer = newer(read(), source.place());
    if (newer != null) {
      throw new StoreException(newer, "copy it with the newer version of Hookferry", null);
    }
    return layout;
  }

  /**
   * Returns a message if the tables are newer than this Hookferry knows, so that reading them would
   * leave out data; null otherwise.
   *
   * @param place the database, for the message
   */
  static @Nullable String newer(TableVersions versions, String place) {
    return versions.newest() <= KNOWN
        ? null
        : "%s has tables of version %d, but this version supports only %d and would omit newer data"
            .formatted(place, versions.newest(), KNOWN);
  }

  private String command(int currentVersion) {
    return "hookferry store ddl --dialect "
        + source.dialect().folder()
        + (names.schema() == null ? "" : " --schema " + names.schema())
        + (names.prefix().equals(TableNames.PREFIX) ? "" : " --prefix " + names.prefix())
        + (currentVersion == 0 ? "" : " --from " + currentVersion);
  }

  private String files(List<String> scripts) {
    return scripts.stream()
        .map(script -> "in the jar: " + path(source.dialect(), script).substring(1))
        .collect(Collectors.joining(", "));
  }

  private TableVersions read() {
    return source.query(connection -> TableVersions.read(connection, names));
  }

  private static String layout(TableVersions versions) {
    return "tables of version " + versions.newest();
  }

  private void requireUsable(TableVersions versions) {
    if (!versions.areUsableBy(KNOWN)) {
      throw new StoreException(
          ("%s was set up by a newer version of Hookferry: its tables have version %d, and this"
                  + " version runs on version %d")
              .formatted(source.place(), versions.newest(), KNOWN),
          "start the newer version of Hookferry",
          null);
    }
    if (versions.newest() > KNOWN) {
      LOG.log(
          System.Logger.Level.INFO,
          "tables are newer: this version can use them known={0} tables={1}",
          KNOWN,
          versions.newest());
    }
  }

  /**
   * Returns the script that creates the tables, or migrates them from a version to the newest one.
   *
   * @param from the version that the tables have; 0 if there are none
   */
  public static String ddl(Dialect dialect, TableNames names, int from) {
    String schema =
        names.schema() == null || from > 0
            ? ""
            : "CREATE SCHEMA IF NOT EXISTS " + dialect.quote(names.schema()) + ";\n\n";
    return SCRIPTS.subList(from, KNOWN).stream()
        .map(script -> names.inScript(read(path(dialect, script))))
        .collect(Collectors.joining("\n", schema, ""));
  }

  /** Returns the newest version of the tables. */
  public static int newest() {
    return KNOWN;
  }

  private static String path(Dialect dialect, String script) {
    return FOLDER + dialect.folder() + "/" + script;
  }

  private static String read(String path) {
    try (InputStream in = Schema.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " is missing from the jar or unreadable", e);
    }
  }
}
