package dev.hookferry.app.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** An empty database on a PostgreSQL, dropped afterwards. */
final class RaceDatabase implements AutoCloseable {
  private final String server;
  private final String name = "hookferry_rivals_" + ProcessHandle.current().pid();

  /**
   * Makes one.
   *
   * @param server a JDBC URL of a user who may create databases
   */
  RaceDatabase(String server) throws SQLException {
    this.server = server;
    run("CREATE DATABASE " + name);
  }

  /** Its JDBC URL. */
  String url() {
    return server.replaceFirst("^(jdbc:postgresql://[^/?]+)(/[^?]*)?", "$1/" + name);
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    run("DROP DATABASE " + name + " WITH (FORCE)");
  }
}
