package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Relays with small pools, most of which have no second connection for them. */
final class SmallPoolOutboxTest {
  private static final int ROWS = 1_200;

  /** Full batches; an odd number, so that the second connection is the one that finds nothing. */
  private static final int FULL = 1_500;

  /** The time for which the pool lets a caller wait; no machine is that slow. */
  private static final Duration POOL_WAIT = Duration.ofMinutes(20);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void relaysWithOneConnectionWhileTheOtherOnesAreTaken(int size) throws SQLException {
    try (TestDatabase database = Kind.POSTGRES.create();
        OutboxScene scene = new OutboxScene(database, "small");
        HikariDataSource pool = pool(database, size)) {
      insert(database);
      long begin = System.nanoTime();
      try (Connection taken = size == 1 ? database.connect() : pool.getConnection();
          OutboxRelay relay =
              OutboxRelay.start(
                  scene.hookferry.webhooks(), OutboxOptions.of(pool).withTable("small"))) {
        scene.awaitEmpty();
        assertThat(relay.problem()).isNull();
        assertThat(taken.isClosed()).isFalse();
      }

      // A relay that needs a second connection waits for it as long as the pool lets it.
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(POOL_WAIT.dividedBy(2));
      assertThat(scene.events()).hasSize(ROWS);
      // The connection that came too late goes straight back.
      Poll.until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    }
  }

  /** After full batches, the relay looks for more on a second connection. */
  @Test
  void bothConnectionsGoBackWhenTheOutboxIsEmpty() throws SQLException {
    try (TestDatabase database = Kind.POSTGRES.create();
        OutboxScene scene = new OutboxScene(database, "small");
        HikariDataSource pool = pool(database, 3)) {
      scene.insert(FULL);
      Poll.until(() -> pool.getHikariPoolMXBean().getIdleConnections() == 3);
      try (OutboxRelay unused =
          OutboxRelay.start(
              scene.hookferry.webhooks(), OutboxOptions.of(pool).withTable("small"))) {
        scene.awaitEmpty();
        Poll.until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
      }
    }
  }

  private static HikariDataSource pool(TestDatabase database, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(POOL_WAIT.toMillis());
    return new HikariDataSource(config);
  }

  private static void insert(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO small (type, data) SELECT 'license_created', '{}' FROM generate_series(1, "
              + ROWS
              + ")");
    }
  }
}
