package dev.hookferry.app.server;

import dev.hookferry.contract.support.Poll;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A PostgreSQL that nobody else uses, so that it can be crashed. */
final class OwnPostgres implements AutoCloseable {

  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  private OwnPostgres(Path data, int port) throws IOException {
    this.data = data;
    this.port = port;
    running = open();
  }

  static OwnPostgres start(Path data) throws IOException {
    return new OwnPostgres(data, ServerChild.freePort());
  }

  /** It forces its writes, which the usual settings for tests switch off. */
  private EmbeddedPostgres open() throws IOException {
    return EmbeddedPostgres.builder()
        .setPGStartupWait(Duration.ofMinutes(1))
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "100")
        .start();
  }

  int port() {
    return port;
  }

  String url(int by) {
    return "jdbc:postgresql://127.0.0.1:" + by + "/postgres?user=postgres&prepareThreshold=0";
  }

  /** An immediate stop: no checkpoint, no goodbye; after a while it starts and recovers. */
  void crash(Duration away) {
    try {
      String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
      int unused = new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
      Poll.until(() -> !Files.exists(data.resolve("postmaster.pid")));
      KillLoopTest.pass(away);
      // There is nothing left to stop, but the lock of this process is freed.
      running.close();
      running = open();
      Poll.until(this::answers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private boolean answers() {
    try {
      DriverManager.getConnection(url(port)).close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
