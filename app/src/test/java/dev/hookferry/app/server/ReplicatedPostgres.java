package dev.hookferry.app.server;

import dev.hookferry.contract.support.Poll;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A primary and a standby that nobody else uses, so that the first can be killed. */
final class ReplicatedPostgres implements AutoCloseable {
  private final Path primaryData;
  private final Path standbyData;
  private final int primaryPort = ServerChild.freePort();
  private final int standbyPort = ServerChild.freePort();
  private final EmbeddedPostgres primary;
  private @Nullable EmbeddedPostgres standby;

  private ReplicatedPostgres(Path folder, boolean synchronous) throws IOException {
    primaryData = folder.resolve("primary");
    standbyData = folder.resolve("standby");
    builder(primaryData, primaryPort).start().close();
    copy(primaryData, standbyData);
    Files.createFile(standbyData.resolve("standby.signal"));
    Files.writeString(
        standbyData.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=" + primaryPort + " user=postgres'\n",
        StandardOpenOption.APPEND);
    EmbeddedPostgres.Builder first = builder(primaryData, primaryPort);
    if (synchronous) {
      first.setServerConfig("synchronous_standby_names", "*");
    }
    primary = first.start();
    startStandby();
  }

  /** A commit is acknowledged once the standby has it, too. */
  static ReplicatedPostgres synchronous(Path folder) throws IOException {
    return new ReplicatedPostgres(folder, true);
  }

  /** A commit is acknowledged whether the standby has it or not. */
  static ReplicatedPostgres asynchronous(Path folder) throws IOException {
    return new ReplicatedPostgres(folder, false);
  }

  private static EmbeddedPostgres.Builder builder(Path data, int port) {
    return EmbeddedPostgres.builder()
        .setPGStartupWait(Duration.ofMinutes(1))
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100");
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(from)) {
      walk.forEach(all::add);
    }
    for (Path path : all) {
      Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Returns the URL that the manual recommends: the driver finds the primary. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?user=postgres&targetServerType=primary"
        .formatted(primaryPort, standbyPort);
  }

  /** Starts the standby and waits until it follows. */
  void startStandby() {
    try {
      standby = builder(standbyData, standbyPort).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Poll.until(
        () ->
            isTrue(
                primaryPort,
                "SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'"));
  }

  /** Stops the standby, so that it misses what the primary commits from now on. */
  void stopStandby() {
    close(standby);
    standby = null;
  }

  /** Starts the standby without its primary. */
  void startStandbyAlone() {
    try {
      standby = builder(standbyData, standbyPort).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the primary. */
  void killPrimary() {
    try {
      String pid = Files.readAllLines(primaryData.resolve("postmaster.pid")).get(0).strip();
      int unused = new ProcessBuilder("kill", "-KILL", pid).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    Poll.until(() -> !answers(primaryPort));
  }

  /** Makes the standby the primary. */
  void promote() {
    if (!isTrue(standbyPort, "SELECT pg_promote()")) {
      throw new AssertionError("the standby was not promoted");
    }
  }

  private static boolean answers(int port) {
    try {
      return isTrue(port, "SELECT true");
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static boolean isTrue(int port, String sql) {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(@Nullable EmbeddedPostgres postgres) {
    try {
      if (postgres != null) {
        postgres.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    close(standby);
    close(primary);
  }
}
