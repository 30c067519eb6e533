package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.hookferry.file.FileStore;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ManualClock;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens new stores of every kind, and removes their databases at the end. */
final class FuzzStores implements AutoCloseable {
  /** Whether stores on database servers are opened, too. */
  private static final boolean SERVERS = Boolean.getBoolean("thorough");

  private static final String MARIADB =
      System.getenv()
          .getOrDefault("HOOKFERRY_TEST_MARIADB", "jdbc:mariadb://127.0.0.1:3306/?user=root");
  private static final boolean REQUIRED =
      System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").contains("mariadb");

  private final List<String> ofMariaDb = new ArrayList<>();
  private @Nullable EmbeddedPostgres postgres;
  private int count;

  /** Returns the names of the kinds. */
  static List<String> kinds() {
    return SERVERS
        ? List.of("memory", "file", "h2", "postgresql", "mariadb")
        : List.of("memory", "file", "h2");
  }

  /**
   * Opens an empty store; skips the test if its database is missing.
   *
   * @param memory the store to return for memory
   * @param folder an empty folder for files
   */
  Store open(String kind, Store memory, Path folder) {
    return switch (kind) {
      case "memory" -> memory;
      // The clock of the store is not that of the server; neither moves.
      case "file" -> FileStore.open(folder, ManualClock.atNoon());
      case "h2" -> sql("jdbc:h2:file:" + folder.resolve("hookferry"));
      case "postgresql" -> sql(freshPostgres());
      case "mariadb" -> sql(freshMariaDb());
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Store sql(String url) {
    return JdbcStore.open(JdbcStoreOptions.of(url));
  }

  private String freshPostgres() {
    try {
      EmbeddedPostgres running = postgres;
      if (running == null) {
        running = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
        postgres = running;
      }
      String name = "fuzz_" + ++count;
      execute(running.getJdbcUrl("postgres", "postgres"), "CREATE DATABASE " + name);
      return running.getJdbcUrl("postgres", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String freshMariaDb() {
    try {
      DriverManager.getConnection(MARIADB).close();
    } catch (SQLException e) {
      String sentence = "no MariaDB: " + e.getMessage() + " (see CONTRIBUTING.md)";
      if (REQUIRED) {
        fail(sentence, e);
      }
      System.err.println("The portal's fuzz test with MariaDB is skipped: " + sentence);
      abort(sentence);
    }
    String name = "hookferry_fuzz_" + ProcessHandle.current().pid() + "_" + ++count;
    execute(MARIADB, "CREATE DATABASE " + name);
    ofMariaDb.add(name);
    return MARIADB.replaceFirst("(//[^/?]+)/?[^?]*", "$1/" + name);
  }

  private static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() throws IOException {
    // What is closed is forgotten: a failed test may be repeated after this.
    List<String> databases = List.copyOf(ofMariaDb);
    ofMariaDb.clear();
    EmbeddedPostgres running = postgres;
    postgres = null;
    databases.forEach(name -> execute(MARIADB, "DROP DATABASE " + name));
    if (running != null) {
      running.close();
    }
  }
}
