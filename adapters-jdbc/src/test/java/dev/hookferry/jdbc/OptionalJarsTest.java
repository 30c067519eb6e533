package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that an application may leave out of its class path, or have in another version. */
final class OptionalJarsTest {
  @TempDir private Path folder;

  @Test
  void migratingNamesTheMissingFlyway() throws Exception {
    String said =
        OtherProcess.open(
            new H2File(folder).url(), SchemaMode.MIGRATE, "", entry -> !entry.contains("flyway"));

    assertThat(said).contains("Flyway is not on the class path; add org.flywaydb:flyway-core");
    assertThat(new H2File(folder).query("SELECT table_name FROM information_schema.tables"))
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("hookferry"));
  }

  @Test
  void validatingNeedsNeitherFlywayNorTheDriversOfOtherDatabases() throws Exception {
    H2File database = new H2File(folder);
    database.execute(JdbcStoreOptions.of(database.url()).ddl("h2"));

    String said =
        OtherProcess.open(
            database.url(),
            SchemaMode.VALIDATE,
            "",
            entry -> !entry.contains("flyway") && !entry.matches(".*(postgres|mariadb|sqlite).*"));

    assertThat(said).contains("opened");
  }

  @Test
  void migratesWithTheFlywayOfSpringBoot3() throws Exception {
    try (TestDatabase database = new Postgres()) {
      String said =
          OtherProcess.open(
              database.url(), SchemaMode.MIGRATE, flyway11(), entry -> !entry.contains("flyway"));

      assertThat(said).contains("opened");
      assertThat(database.query("SELECT version FROM hookferry_schema_version")).startsWith("1");
    }
  }

  private static String flyway11() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target/flyway-11"))) {
      return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }
}
