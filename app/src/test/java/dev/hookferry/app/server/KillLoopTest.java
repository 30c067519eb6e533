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
    try (ChaosRun chaos = new ChaosRun(folder, "file:" + directory, 1, SEED)) {
      until(() -> chaos.kill(0), chaos, 1);
      rest(chaos, "file", () -> FileStore.open(directory, InstantSource.system()));
    }
  }

  @Test
  void twoNodesOnPostgresLoseNothingWhateverIsDoneToThem() throws IOException {
    try (OwnPostgres postgres = OwnPostgres.start(folder.resolve("postgres"));
        DatabaseProxy line = new DatabaseProxy("127.0.0.1", postgres.port());
        ChaosRun chaos = new ChaosRun(folder, postgres.url(line.localPort()), 2, SEED)) {
      // Longer than the patience of the other node, which takes over in the meantime.
      chaos.strike("SIGSTOP", () -> standStill(chaos, Duration.ofSeconds(13)));
      chaos.strike("immediate stop", () -> postgres.crash(Duration.ofMillis(500)));
      beAway(chaos, line, postgres);
      until(() -> disturb(chaos, line, postgres), chaos, 2);
      rest(chaos, "postgresql", () -> open(postgres.url(postgres.port())));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void mariaDbLosesNothingWhenServersAreKilledAndLinesCut() {
    try (Databases databases = MariaDbServerTest.databases()) {
      String direct = databases.fresh();
      int port = Integer.parseInt(direct.replaceFirst(".*//[^:/]+:(\\d+)/.*", "$1"));
      try (DatabaseProxy line = new DatabaseProxy("127.0.0.1", port);
          ChaosRun chaos =
              new ChaosRun(
                  folder,
                  direct.replaceFirst("//[^:/]+:\\d+/", "//127.0.0.1:" + line.localPort() + "/"),
                  1,
                  SEED)) {
        beAway(chaos, line, null);
        until(() -> disturb(chaos, line, null), chaos, 2);
        rest(chaos, "mariadb", () -> open(direct));
      }
    }
  }

  /** Not part of a usual run: see the manual about H2. */
  @Test
  @EnabledIfSystemProperty(named = "kill.h2", matches = "true")
  void h2SurvivesKills() {
    String url = "jdbc:h2:file:" + folder.resolve("h2/store");
    try (ChaosRun chaos = new ChaosRun(folder, url, 1, SEED)) {
      until(() -> chaos.kill(0), chaos, 1);
      rest(chaos, "h2", () -> open(url));
    }
  }

  private static void until(Runnable deed, ChaosRun chaos, int atLeast) {
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    for (int i = 0; i < atLeast || System.nanoTime() < end; i++) {
      chaos.awaitMore(20 + chaos.random.nextInt(200));
      deed.run();
    }
    chaos.awaitMore(50);
  }

  private static void rest(ChaosRun chaos, String what, Supplier<Store> opened) {
    Audit unused = chaos.rest("kill loop, " + what + ", seed " + SEED, opened);
  }

  /** For longer than anything of ours waits. */
  private static void beAway(ChaosRun chaos, DatabaseProxy line, @Nullable OwnPostgres postgres) {
    if (OUTAGE.isZero()) {
      return;
    }
    chaos.awaitMore(50);
    chaos.strike("outage", () -> outage(line, OUTAGE));
    chaos.awaitMore(50);
    if (postgres != null) {
      chaos.strike("immediate stop", () -> postgres.crash(OUTAGE));
      chaos.awaitMore(50);
    }
  }

  private static void disturb(ChaosRun chaos, DatabaseProxy line, @Nullable OwnPostgres postgres) {
    int node = chaos.random.nextInt(chaos.nodes.size());
    Duration length = Duration.ofMillis(100 + chaos.random.nextInt(3_000));
    switch (chaos.random.nextInt(postgres == null ? 4 : 6)) {
      case 0 -> chaos.kill(node);
      case 1 -> chaos.strike("answer lost", () -> line.cutAtCommit(DatabaseProxy.Cut.AFTER));
      case 2 -> chaos.strike("commit lost", () -> line.cutAtCommit(DatabaseProxy.Cut.BEFORE));
      case 3 -> chaos.strike("outage", () -> outage(line, length));
      case 4 -> chaos.strike("SIGSTOP", () -> standStill(chaos, length.multipliedBy(5)));
      default -> {
        if (postgres != null) {
          chaos.strike("immediate stop", () -> postgres.crash(length));
        }
      }
    }
  }

  private static void outage(DatabaseProxy line, Duration length) {
    line.down();
    pass(length);
    line.up();
  }

  private static void standStill(ChaosRun chaos, Duration length) {
    ServerChild node = chaos.nodes.get(chaos.random.nextInt(chaos.nodes.size()));
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
