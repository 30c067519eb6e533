package dev.hookferry.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in a PostgreSQL that comes through Maven and runs as long as the tests do. */
public final class Postgres implements NetworkDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static EmbeddedPostgres server;

  private final String name = "test_" + COUNT.incrementAndGet();

  public Postgres() {
    administer("CREATE DATABASE " + name);
  }

  /**
   * Started by the first test that needs it, or by the next if that failed; ended by a hook of its
   * own.
   */
  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server =
            EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("max_connections", "200")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  private static void administer(String sql) {
    try (Connection connection = server().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return server().getPort();
  }

  @Override
  public String url(int localPort) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(localPort, name);
  }

  @Override
  public void close() {
    administer("DROP DATABASE " + name + " WITH (FORCE)");
  }
}
