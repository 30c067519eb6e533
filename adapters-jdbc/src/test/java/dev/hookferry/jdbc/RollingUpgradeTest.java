package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Schema;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  /** The last version of the tables before the first release. */
  private static final int BEFORE_FIRST_RELEASE = 1;

  private static final Path MIGRATIONS = Path.of("dev/hookferry/jdbc/migration");
  private static final Pattern DECLARATION =
      Pattern.compile(
          "INSERT INTO hookferry_schema_version \\(version, compatible_with\\)"
              + " VALUES \\((\\d+), (\\d+)\\);\\s*$");

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

        migrate(database, newest(database));

        publish(old, endpoint, published);
        assertThatThrownBy(old.store::snapshot)
            .isInstanceOf(ConflictException.class)
            .hasMessageContaining("would omit newer data; take the backup with the newer");
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
      migrate(database, newest(database));
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
    try (TestDatabase database = kind.create()) {
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
      JdbcStore.open(options).close();
      String known = newest(database);
      for (int compatibleWith : List.of(999, 998)) {
        database.execute("DELETE FROM hookferry_schema_version WHERE version = 999");
        database.execute(declaring(999, compatibleWith));

        assertThatThrownBy(() -> JdbcStore.open(options))
            .as("" + compatibleWith)
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
  private void migrate(TestDatabase database, String compatibleWith) throws Exception {
    Path build = Files.createTempDirectory(folder, "build");
    Path migrations = build.resolve(MIGRATIONS).resolve(Dialect.of(database.url()).folder());
    Files.createDirectories(migrations);
    Files.writeString(
        migrations.resolve("V999__note_of_an_event.sql"),
        """
        ALTER TABLE hookferry_event ADD COLUMN note varchar(100);
        INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (999, %s);
        """
            .formatted(compatibleWith));
    assertThat(
            OtherProcess.open(database.url(), SchemaMode.MIGRATE, build.toString(), entry -> true))
        .contains("opened");
    assertThat(newest(database)).isEqualTo("999");
  }

  @Test
  void thePreviousVersionRunsAfterEveryMigration() throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.list(Path.of("src/main/resources").resolve(MIGRATIONS))) {
      folders = files.toList();
    }
    assertThat(folders).hasSize(3);
    for (Path each : folders) {
      List<String> scripts = new ArrayList<>();
      for (int version = 1; version <= Schema.newest(); version++) {
        scripts.add(Files.readString(script(each, version)));
      }
      assertThat(objections(scripts)).as("migrations in %s", each).isEmpty();
      try (Stream<Path> files = Files.list(each)) {
        assertThat(files).as("scripts in %s that nobody runs", each).hasSize(Schema.newest());
      }
    }
    assertThat(objections(List.of(declaring(1, 1), declaring(2, 1)))).isEmpty();
    assertThat(objections(List.of(declaring(1, 1), declaring(2, 2)))).containsExactly(2);
    assertThat(objections(List.of(declaring(1, 1), declaring(1, 1)))).containsExactly(2);
    assertThat(objections(List.of(declaring(1, 1), "DROP TABLE x;"))).containsExactly(2);
  }

  private static Path script(Path folder, int version) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("V" + version + "__"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String declaring(int version, int compatibleWith) {
    return """
    INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (%d, %d);
    """
        .formatted(version, compatibleWith);
  }

  /** Numbers the scripts that do not end by declaring that the version before them can run. */
  private static List<Integer> objections(List<String> scripts) {
    List<Integer> objections = new ArrayList<>();
    for (int version = 1; version <= scripts.size(); version++) {
      Matcher declared = DECLARATION.matcher(scripts.get(version - 1));
      int least = Math.max(version - 1, BEFORE_FIRST_RELEASE);
      if (!declared.find()
          || Integer.parseInt(declared.group(1)) != version
          || Integer.parseInt(declared.group(2)) > least) {
        objections.add(version);
      }
    }
    return objections;
  }
}
