package dev.hookferry.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;

/**
 * An application's pool that trusts nobody: it never resets a connection, and records what a
 * borrower has changed on it.
 */
public final class LeakDetector implements DataSource, AutoCloseable {
  private static final String CLOSE = "close";

  private final TestDatabase database;
  private final boolean autoCommit;
  private final int isolation;
  private final String settings;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final AtomicInteger borrowed = new AtomicInteger();
  private int out;
  private int mostAtOnce;
  private final ConcurrentLinkedQueue<String> leaks = new ConcurrentLinkedQueue<>();

  /** Creates a pool whose connections have this mode and isolation level. */
  public LeakDetector(TestDatabase database, boolean autoCommit, int isolation) {
    this.database = database;
    this.autoCommit = autoCommit;
    this.isolation = isolation;
    settings = settings(database);
  }

  private static String settings(TestDatabase database) {
    if (database instanceof Postgres) {
      return "SELECT name, setting FROM pg_settings WHERE name NOT LIKE 'plpgsql.%'";
    }
    return database instanceof H2File
        ? """
        SELECT 'schema', CURRENT_SCHEMA UNION ALL
        SELECT 'lock timeout', CAST(LOCK_TIMEOUT() AS varchar)
        """
        : """
        SELECT variable_name, variable_value FROM information_schema.session_variables
        WHERE variable_name NOT IN ('TIMESTAMP', 'LAST_INSERT_ID', 'IDENTITY', 'RAND_SEED1',
          'RAND_SEED2', 'LAST_GTID', 'GTID_CURRENT_POS', 'INSERT_ID')
        """;
  }

  /** Returns how often a connection was borrowed. */
  int borrowed() {
    return borrowed.get();
  }

  /** Returns how many connections were out at once at most. */
  synchronized int mostAtOnce() {
    return mostAtOnce;
  }

  /** Returns how many connections are out now. */
  public synchronized int outNow() {
    return out;
  }

  /** Returns what borrowers have left behind; empty if nothing. */
  public List<String> leaks() {
    return List.copyOf(leaks);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = idle();
    Map<String, String> before = state(connection);
    AtomicBoolean closed = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            LeakDetector.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(CLOSE)) {
                if (!closed.getAndSet(true)) {
                  takeBack(connection, before);
                }
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private synchronized Connection idle() throws SQLException {
    borrowed.incrementAndGet();
    out++;
    mostAtOnce = Math.max(mostAtOnce, out);
    if (!idle.isEmpty()) {
      return idle.pop();
    }
    Connection connection = database.connect();
    connection.setTransactionIsolation(isolation);
    connection.setAutoCommit(autoCommit);
    return connection;
  }

  private synchronized void takeBack(Connection connection, Map<String, String> before)
      throws SQLException {
    out--;
    if (connection.isClosed()) {
      leaks.add("a connection was closed or aborted");
      return;
    }
    Map<String, String> after = state(connection);
    after.forEach(
        (name, value) -> {
          if (!value.equals(before.get(name))) {
            leaks.add(name + " was " + before.get(name) + " and is " + value);
          }
        });
    idle.push(connection);
  }

  private Map<String, String> state(Connection connection) throws SQLException {
    Map<String, String> state = new TreeMap<>();
    state.put("auto-commit", String.valueOf(connection.getAutoCommit()));
    state.put("transaction", transaction(connection));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(settings)) {
      while (rows.next()) {
        state.put(rows.getString(1), String.valueOf(rows.getString(2)));
      }
    }
    state.put("isolation", String.valueOf(connection.getTransactionIsolation()));
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
    return state;
  }

  /** Returns a name for the open transaction, which is the same only if there is none. */
  private String transaction(Connection connection) throws SQLException {
    if (!(database instanceof Postgres)) {
      return "unknown";
    }
    return connection.unwrap(BaseConnection.class).getTransactionState().toString();
  }

  @Override
  public Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PrintWriter getLogWriter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public synchronized void close() throws SQLException {
    for (Connection connection : idle) {
      connection.close();
    }
  }
}
