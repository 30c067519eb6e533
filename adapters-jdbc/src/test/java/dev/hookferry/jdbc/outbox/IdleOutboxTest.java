package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** An empty outbox costs less than one statement a second. */
final class IdleOutboxTest {
  /**
   * Those with pauses of 50 to 800 ms, and the four before them, two of which look at the tables.
   */
  private static final int WHILE_SLOWING_DOWN = 8;

  private static final int ENOUGH = WHILE_SLOWING_DOWN + 3;

  private static final int WAKES = 1_000;

  /** The drain time: a relay that close() does not wake keeps the test waiting for that long. */
  private static final Duration ENDLESS = Duration.ofMinutes(10);

  private final List<Long> executed = new CopyOnWriteArrayList<>();

  @Test
  void anEmptyOutboxIsAskedAtMostOnceASecond() throws SQLException {
    OutboxOptions options = OutboxOptions.of(database("idle"));
    try (Hookferry hookferry = hookferry();
        OutboxRelay relay = OutboxRelay.start(hookferry.webhooks(), options)) {
      Poll.until(() -> executed.size() >= ENOUGH);
      assertThat(relay.problem()).isNull();
    }
    for (int i = WHILE_SLOWING_DOWN; i < ENOUGH; i++) {
      Duration gap = Duration.ofNanos(executed.get(i) - executed.get(i - 1));
      assertThat(gap).as("gap %d", i).isGreaterThanOrEqualTo(OutboxOptions.POLL);
    }
  }

  @Test
  void aPauseEndsWhenTheRelayIsWokenOrClosed() throws SQLException {
    DataSource database = database("pause");
    OutboxOptions options = OutboxOptions.of(database).withDrain(ENDLESS);
    try (Hookferry hookferry = hookferry();
        OutboxRelay relay = OutboxRelay.start(hookferry.webhooks(), options, Duration.ofDays(1))) {
      int before = awaitPause(1);
      for (int i = 0; i < WAKES; i++) {
        relay.wake();
      }
      int after = awaitPause(before + 1);
      assertThat(after - before).as("wakes are not counted").isLessThan(WAKES / 2);

      try (Connection connection = database.getConnection()) {
        Outbox.standard().publish(connection, SiteId.DEFAULT, NewEvent.of("a", "{}"));
      }
      relay.wake();
      Poll.until(() -> relay.status().refused() == 1);
      assertTimeoutPreemptively(ENDLESS.dividedBy(2), relay::close);
    }
  }

  /** Waits until the relay pauses after some statements; returns the number of statements. */
  private int awaitPause(int statements) {
    Poll.until(
        () ->
            executed.size() >= statements
                && Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(
                        thread ->
                            thread.getName().equals("hookferry-outbox-outbox")
                                && thread.getState() == Thread.State.TIMED_WAITING));
    return executed.size();
  }

  private DataSource database(String name) throws SQLException {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(OutboxDialect.H2.ddl());
    }
    return counted(DataSource.class, database);
  }

  private static Hookferry hookferry() {
    MemoryStore store = new MemoryStore(InstantSource.system(), Duration.ofDays(1));
    return Hookferry.builder(store, new ScriptedTransport())
        .secrets(Secrets.inTheClear())
        .build()
        .start();
  }

  /** Returns a proxy that notes when statements are executed, whoever created them. */
  private <T> T counted(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                executed.add(System.nanoTime());
              }
              try {
                return counted(method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private Object counted(Object made) {
    if (made instanceof Connection connection) {
      return counted(Connection.class, connection);
    }
    if (made instanceof PreparedStatement statement) {
      return counted(PreparedStatement.class, statement);
    }
    return made instanceof Statement statement ? counted(Statement.class, statement) : made;
  }
}
