package dev.hookferry.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.jdbc.dialect.ConnectionPreparation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of an application's pool that fail: none stays borrowed, and none goes back. */
final class ApplicationPoolFaultTest {
  /** More often than the pool has connections for the store. */
  private static final int TIMES = 3;

  private final JdbcDataSource real = new JdbcDataSource();
  private final List<Connection> opened = new ArrayList<>();

  /** How many connections were aborted, which keeps a pool from lending them again. */
  private int aborted;

  /** The method of the pool or of a connection that fails; empty if none does. */
  private String failing = "";

  private final ApplicationPool pool =
      new ApplicationPool(
          faulty(DataSource.class, real), "here", 1, ConnectionPreparation.readCommitted());

  ApplicationPoolFaultTest() {
    real.setURL("jdbc:h2:mem:");
  }

  @AfterEach
  void close() throws SQLException {
    for (Connection connection : opened) {
      connection.close();
    }
  }

  private <T> T faulty(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("abort")) {
                aborted++;
              }
              if (method.getName().equals(failing)) {
                throw new SQLException("broken at " + failing);
              }
              try {
                Object result = method.invoke(target, arguments);
                if (result instanceof Connection connection) {
                  opened.add(connection);
                  connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                  return faulty(Connection.class, connection);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"getConnection", "getAutoCommit", "setAutoCommit", "setTransactionIsolation"})
  void aConnectionThatFailsBeforeItIsLentIsNotBorrowed(String method) throws SQLException {
    failing = method;
    for (int i = 0; i < TIMES; i++) {
      assertThatThrownBy(pool::openConnection).hasMessage("broken at " + method);
    }
    assertThat(opened).allMatch(ApplicationPoolFaultTest::isClosed);
    assertThat(aborted).isEqualTo(opened.size());
    failing = "";
    pool.closeConnection(pool.openConnection());
  }

  /** A connection that is as it should not be must not serve the application. */
  @ParameterizedTest
  @ValueSource(strings = {"rollback", "setTransactionIsolation", "setAutoCommit"})
  void aConnectionThatFailsWhenReturnedIsClosed(String method) throws SQLException {
    for (int i = 0; i < TIMES; i++) {
      failing = "";
      Connection connection = pool.openConnection();
      failing = method;
      pool.closeConnection(connection);
    }
    assertThat(opened).hasSize(TIMES).allMatch(ApplicationPoolFaultTest::isClosed);
    assertThat(aborted).isEqualTo(TIMES);
  }

  @Test
  void saysWhichLimitIsReached() throws SQLException {
    Connection connection = pool.openConnection();
    assertThatThrownBy(pool::openConnection)
        .isInstanceOf(SQLTransientConnectionException.class)
        .hasMessage("all 1 connections of the store (poolSize) are in use");
    pool.closeConnection(connection);
    pool.closeConnection(pool.openConnection());
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
