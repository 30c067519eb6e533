package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.H2File;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.RowSelection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row is rejected while all are moved back: its id is smaller, but its commit comes later. */
final class RetryRaceTest {
  @Test
  void keepsARowCommittedBetweenStatementsInPostgres() throws SQLException {
    try (TestDatabase database = Kind.POSTGRES.create()) {
      aRowThatIsCommittedBetweenTheStatementsIsNotLost(database);
    }
  }

  /** MariaDB locks what it copies, so that this cannot happen there. */
  @Test
  void keepsARowCommittedBetweenStatementsInH2(@TempDir Path directory) throws SQLException {
    try (TestDatabase database = new H2File(directory)) {
      aRowThatIsCommittedBetweenTheStatementsIsNotLost(database);
    }
  }

  private static void aRowThatIsCommittedBetweenTheStatementsIsNotLost(TestDatabase database)
      throws SQLException {
    try (OutboxScene scene = new OutboxScene(database, "raced");
        Connection late = database.connect();
        Statement lateStatement = late.createStatement()) {
      String reject =
          """
          INSERT INTO raced_rejected (event_id, site, type, data, created_at, reason)
          VALUES ('%s', 'default', 'gone', '{}', CURRENT_TIMESTAMP, '')
          """;
      late.setAutoCommit(false);
      lateStatement.executeUpdate(reject.formatted("late"));
      database.execute(reject.formatted("early"));
      OutboxOptions options =
          OutboxOptions.of(afterInsert(database, late::commit)).withTable("raced");

      try (OutboxRelay relay = OutboxRelay.start(scene.hookferry.webhooks(), options)) {
        assertThat(relay.retry(RowSelection.ALL)).isEqualTo(1);
        Poll.until(() -> scene.count("raced") == 0);
      }

      assertThat(database.query("SELECT event_id FROM raced_rejected ORDER BY event_id"))
          .containsExactly("early", "late");
    }
  }

  /** A command that the database runs. */
  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }

  /** Returns a source of connections which take a step after they have moved rows back. */
  private static DataSource afterInsert(TestDatabase database, Step step) {
    return proxy(
        DataSource.class,
        (proxy, method, arguments) ->
            proxy(
                Connection.class,
                after(database.connect(), "createStatement", made -> watched(made, step))));
  }

  private static Object watched(Object statement, Step step) {
    return proxy(
        Statement.class,
        (proxy, method, arguments) -> {
          Object result = called(statement, method, arguments);
          if (method.getName().equals("executeUpdate")
              && arguments[0].toString().startsWith("INSERT INTO raced ")) {
            step.run();
          }
          return result;
        });
  }

  private static InvocationHandler after(Object target, String name, UnaryOperator<Object> change) {
    return (proxy, method, arguments) -> {
      Object result = called(target, method, arguments);
      return method.getName().equals(name) ? change.apply(result) : result;
    };
  }

  private static Object called(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
