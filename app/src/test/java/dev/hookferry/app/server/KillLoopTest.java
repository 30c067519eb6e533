package dev.hookferry.app.server;

import dev.hookferry.auditor.Audit;
import dev.hookferry.contract.support.DatabaseProxy;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.file.FileStore;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed, stopped and cut off under load, and then audited. {@code
 * -Dkill.seconds=600} does so for longer, {@code -Dkill.seed=17} in the same order, {@code
 * -Dkill.outage=150} begins with outages of so many seconds.
 */
@Timeout(7_200)
final class KillLoopTest {
  private static final int SECONDS = Integer.getInteger("kill.seconds", 2);
  private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("kill.outage", 0));
  private static final long SEED = Long.getLong("kill.seed", System.nanoTime() % 100_000);

  @TempDir private Path folder;

  @Test
  void theFileStoreLosesNothingWhenItIsKilled() {
    Path directory = folder.resolve("store");
    try (Trial trial = new Trial(folder, "file:" + directory, 1, SEED)) {
      until(() -> trial.kill(0), trial, 1);
      rest(trial, "file", () -> FileStore.open(directory, InstantSource.system()));
    }
  }

  @Test
  void twoNodesOnPostgresLoseNothingWhateverIsDoneToThem() throws IOException {
    try (OwnPostgres postgres = OwnPostgres.start(folder.resolve("postgres"));
        DatabaseProxy line = new DatabaseProxy("127.0.0.1", postgres.port());
        Trial trial = new Trial(folder, postgres.url(line.localPort()), 2, SEED)) {
      // Longer than the patience of the other node, which takes over meanwhile.
      trial.strike("SIGSTOP", () -> standStill(trial, Duration.ofSeconds(13)));
      trial.strike("immediate stop", () -> postgres.crash(Duration.ofMillis(500)));
      beAway(trial, line, postgres);
      until(() -> disturb(trial, line, postgres), trial, 2);
      rest(trial, "postgresql", () -> open(postgres.url(postgres.port())));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void mariaDbLosesNothingWhenServersAreKilledAndLinesCut() {
    try (Databases databases = MariaDbServerTest.databases()) {
      String direct = databases.fresh();
      int port = Integer.parseInt(direct.replaceFirst(".*//[^:/]+:(\\d+)/.*", "$1"));
      try (DatabaseProxy line = new DatabaseProxy("127.0.0.1", port);
          Trial trial =
              new Trial(
                  folder,
                  direct.replaceFirst("//[^:/]+:\\d+/", "//127.0.0.1:" + line.localPort() + "/"),
                  1,
                  SEED)) {
        beAway(trial, line, null);
        until(() -> disturb(trial, line, null), trial, 2);
        rest(trial, "mariadb", () -> open(direct));
      }
    }
  }

  /** Not part of a usual run: see the manual about H2. */
  @Test
  @EnabledIfSystemProperty(named = "kill.h2", matches = "true")
  void h2IsKilledToo() {
    String url = "jdbc:h2:file:" + folder.resolve("h2/store");
    try (Trial trial = new Trial(folder, url, 1, SEED)) {
      until(() -> trial.kill(0), trial, 1);
      rest(trial, "h2", () -> open(url));
    }
  }

  private static void until(Runnable deed, Trial trial, int atLeast) {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    for (int i = 0; i < atLeast || System.nanoTime() < end; i++) {
      trial.awaitMore(20 + trial.random.nextInt(200));
      deed.run();
    }
    trial.awaitMore(50);
  }

  private static void rest(Trial trial, String what, Supplier<Store> opened) {
    Audit unused = trial.rest("kill loop, " + what + ", seed " + SEED, opened);
  }

  /** For longer than anything of ours waits. */
  private static void beAway(Trial trial, DatabaseProxy line, @Nullable OwnPostgres postgres) {
    if (OUTAGE.isZero()) {
      return;
    }
    trial.awaitMore(50);
    trial.strike("outage", () -> outage(line, OUTAGE));
    trial.awaitMore(50);
    if (postgres != null) {
      trial.strike("immediate stop", () -> postgres.crash(OUTAGE));
      trial.awaitMore(50);
    }
  }

  private static void disturb(Trial trial, DatabaseProxy line, @Nullable OwnPostgres postgres) {
    int node = trial.random.nextInt(trial.nodes.size());
    Duration length = Duration.ofMillis(100 + trial.random.nextInt(3_000));
    switch (trial.random.nextInt(postgres == null ? 4 : 6)) {
      case 0 -> trial.kill(node);
      case 1 -> trial.strike("answer lost", () -> line.cutAtCommit(DatabaseProxy.Cut.AFTER));
      case 2 -> trial.strike("commit lost", () -> line.cutAtCommit(DatabaseProxy.Cut.BEFORE));
      case 3 -> trial.strike("outage", () -> outage(line, length));
      case 4 -> trial.strike("SIGSTOP", () -> standStill(trial, length.multipliedBy(5)));
      default -> {
        if (postgres != null) {
          trial.strike("immediate stop", () -> postgres.crash(length));
        }
      }
    }
  }

  private static void outage(DatabaseProxy line, Duration length) {
    line.down();
    pass(length);
    line.up();
  }

  private static void standStill(Trial trial, Duration length) {
    ServerChild node = trial.nodes.get(trial.random.nextInt(trial.nodes.size()));
    node.signal("STOP");
    pass(length);
    node.signal("CONT");
  }

  /** The trouble itself has to last. */
  static void pass(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    Poll.until(length.multipliedBy(10), () -> System.nanoTime() >= end);
  }

  private static Store open(String url) {
    try {
      DriverManager.getConnection(url).close();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    return JdbcStore.open(JdbcStoreOptions.of(url));
  }
}
