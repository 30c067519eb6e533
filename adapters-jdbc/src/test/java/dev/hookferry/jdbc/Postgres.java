package dev.hookferry.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in a PostgreSQL that comes through Maven and runs as long as the tests do. */
public final class Postgres implements NetworkDatabase {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "test_" + COUNT.incrementAndGet();

  public Postgres() {
    administer("CREATE DATABASE " + name);
  }

  /** Started by the first test that needs it; ended by a hook of its own. */
  private static final class Server {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void administer(String sql) {
    try (Connection connection = Server.SERVER.getPostgresDatabase().getConnection();
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
    return Server.SERVER.getPort();
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
