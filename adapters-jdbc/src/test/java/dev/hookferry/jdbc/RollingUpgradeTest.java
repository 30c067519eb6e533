package dev.hookferry.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Schema;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes of two versions share a database. The newer one is another process with one more migration
 * on its class path.
 */
final class RollingUpgradeTest {
  /** The last version of the tables before the first release: from here on names must declare. */
  private static final int BEFORE_FIRST_RELEASE = 1;

  private static final Path MIGRATIONS = Path.of("dev/hookferry/jdbc/migration");
  private static final Pattern NAME = Pattern.compile("V(\\d+)__(\\w+)\\.sql");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void anOldNodeComesBackAfterANewOneHasMigrated(Kind kind) throws Exception {
    try (TestDatabase database = kind.create()) {
      List<Delivery> published = new ArrayList<>();
      EndpointId endpoint;
      try (TestNode old = new TestNode(database.url())) {
        endpoint = old.samples.endpoint();
        publish(old, endpoint, published);

        migrate(database, "_compatible_with_" + newest(database));

        publish(old, endpoint, published);
      }
      try (TestNode restarted =
          new TestNode(JdbcStoreOptions.of(database.url()).withPoolSize(4), 2)) {
        publish(restarted, endpoint, published);

        ClaimRequest claim =
            new ClaimRequest(Map.of(endpoint, 10), 10, Long.MAX_VALUE, TestNode.FAR_AHEAD);
        assertThat(restarted.store.deliveries().claim(restarted.owner, claim).work())
            .extracting(ClaimResult.Work::delivery)
            .containsExactlyInAnyOrderElementsOf(published);
        assertThat(restarted.store.info().layout()).contains("999");
      }
      migrate(database, "_compatible_with_" + newest(database));
    }
  }

  private static void publish(TestNode node, EndpointId endpoint, List<Delivery> published) {
    var batch = node.oneEvent(endpoint);
    node.commit(batch);
    published.add(TestNode.delivery(batch));
  }

  @ParameterizedTest
  @EnumSource
  void anOldNodeIsRefusedByTablesThatItCannotRunOn(Kind kind) throws Exception {
    for (String declaration : List.of("", "_compatible_with_998")) {
      try (TestDatabase database = kind.create()) {
        JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
        JdbcStore.open(options).close();
        String known = newest(database);

        migrate(database, declaration);

        assertThatThrownBy(() -> JdbcStore.open(options))
            .as(declaration)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("its tables have version 999")
            .hasMessageContaining("runs on version " + known);
      }
    }
  }

  /** Returns the newest version of the tables. */
  private static String newest(TestDatabase database) {
    List<String> versions =
        database.query(
            "SELECT version FROM hookferry_schema_history WHERE success ORDER BY installed_rank");
    return versions.get(versions.size() - 1);
  }

  /** Starts a node of the next version, which adds a column to a table that old nodes write to. */
  private void migrate(TestDatabase database, String declaration) throws Exception {
    Path build = Files.createTempDirectory(folder, "build");
    Path migrations = build.resolve(MIGRATIONS).resolve(Dialect.of(database.url()).folder());
    Files.createDirectories(migrations);
    Files.writeString(
        migrations.resolve("V999__note_of_an_event" + declaration + ".sql"),
        "ALTER TABLE hookferry_event ADD COLUMN note varchar(100)");
    Process next =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                build + File.pathSeparator + System.getProperty("java.class.path"),
                OpeningTest.Second.class.getName(),
                database.url())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(next.getInputStream().readAllBytes(), UTF_8)).contains("opened");
    assertThat(newest(database)).isEqualTo("999");
  }

  @Test
  void everyMigrationSinceTheFirstReleaseLetsThePreviousVersionRun() throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.list(Path.of("src/main/resources").resolve(MIGRATIONS))) {
      folders = files.toList();
    }
    assertThat(folders).hasSize(3);
    for (Path each : folders) {
      try (Stream<Path> files = Files.list(each)) {
        assertThat(objections(files.map(file -> file.getFileName().toString()).toList()))
            .as("migrations in %s", each)
            .isEmpty();
      }
    }
    assertThat(objections(List.of("V1__a.sql", "V2__b_compatible_with_1.sql"))).isEmpty();
    assertThat(objections(List.of("V1__a.sql", "V2__b.sql"))).containsExactly("V2__b.sql");
    assertThat(objections(List.of("V2__b_compatible_with_1.sql", "V3__c_compatible_with_3.sql")))
        .containsExactly("V3__c_compatible_with_3.sql");
  }

  private record Migration(int version, String name, String file) {}

  /** Names the files that do not declare that the version before them can run on their tables. */
  private static List<String> objections(List<String> files) {
    List<Migration> migrations =
        files.stream()
            .map(RollingUpgradeTest::migration)
            .sorted(Comparator.comparingInt(Migration::version))
            .toList();
    List<String> objections = new ArrayList<>();
    int previous = BEFORE_FIRST_RELEASE;
    for (Migration migration : migrations) {
      if (migration.version > BEFORE_FIRST_RELEASE) {
        Matcher declared = Schema.COMPATIBLE.matcher(migration.name);
        if (!declared.find() || Integer.parseInt(declared.group(1)) > previous) {
          objections.add(migration.file);
        }
        previous = migration.version;
      }
    }
    return objections;
  }

  private static Migration migration(String file) {
    Matcher name = NAME.matcher(file);
    assertThat(name.matches()).as(file).isTrue();
    return new Migration(Integer.parseInt(name.group(1)), name.group(2), file);
  }
}
