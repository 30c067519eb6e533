package dev.hookferry.app.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Databases of one server, made for a test class and removed with it. */
final class Databases implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Opens a connection that may make and remove databases. */
  interface Administration {
    Connection open() throws SQLException;
  }

  private final Administration administration;
  private final UnaryOperator<String> url;
  private final List<String> names = new ArrayList<>();

  /**
   * Databases of a server.
   *
   * @param url gives the URL of a database by its name
   */
  Databases(Administration administration, UnaryOperator<String> url) {
    this.administration = administration;
    this.url = url;
  }

  /** A new, empty one. */
  String fresh() {
    String name = "hookferry_app_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    run("CREATE DATABASE " + name);
    names.add(name);
    return url.apply(name);
  }

  private void run(String sql) {
    try (Connection connection = administration.open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  public void close() {
    names.forEach(name -> run("DROP DATABASE " + name));
  }
}
