package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.LeakDetector;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.PageRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An outbox in the application's pool: the relay gives connections back as they came. */
final class PooledOutboxTest {
  /** With the bad one, two full batches, after which the relay looks for more. */
  private static final int ROWS = 999;

  @ParameterizedTest
  @EnumSource
  void leavesNoTraceOnConnections(Kind kind) throws SQLException {
    try (TestDatabase database = kind.create()) {
      int tables = 0;
      for (boolean autoCommit : List.of(true, false)) {
        for (int isolation :
            List.of(Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_SERIALIZABLE)) {
          try (LeakDetector pool = new LeakDetector(database, autoCommit, isolation);
              OutboxScene scene = new OutboxScene(database, "pooled_" + ++tables)) {
            use(scene, pool);
            assertThat(pool.leaks()).as("%s, isolation %s", autoCommit, isolation).isEmpty();
            assertThat(pool.outNow()).isZero();
          }
        }
      }
    }
  }

  private static void use(OutboxScene scene, LeakDetector pool) throws SQLException {
    OutboxOptions options = OutboxOptions.of(pool).withTable(scene.options.table());
    scene.insert(ROWS);
    scene.insert("nobody_knows", "{}");
    scene.store.fail(2);
    try (OutboxRelay relay = OutboxRelay.start(scene.hookferry.webhooks(), options)) {
      scene.awaitEmpty();
      assertThat(scene.events()).hasSize(ROWS);
      assertThat(scene.store.failed()).isEqualTo(2);
      assertThat(relay.rejected(PageRequest.FIRST).data()).hasSize(1);
      assertThat(relay.retry(RowSelection.ALL)).isEqualTo(1);
      Poll.until(() -> scene.rejected() == 1 && scene.count(options.table()) == 0);
      assertThat(relay.status().rejected()).isEqualTo(1);
      assertThat(relay.discard(RowSelection.ALL)).isEqualTo(1);
      Poll.until(() -> pool.outNow() == 0);
    }
  }

  /** The level cannot be set within a transaction, which a query has begun if it is not asked. */
  @Test
  void otherIsolationLevelsCauseNoWarning() throws SQLException {
    List<String> warnings = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("dev.hookferry.outbox");
    Level before = logger.getLevel();
    Handler handler = new Lines(warnings);
    logger.addHandler(handler);
    logger.setLevel(Level.WARNING);
    try (TestDatabase database = Kind.POSTGRES.create();
        LeakDetector pool = new LeakDetector(database, false, Connection.TRANSACTION_SERIALIZABLE);
        OutboxScene scene = new OutboxScene(database, "pooled")) {
      scene.insert(1);
      OutboxOptions options = OutboxOptions.of(pool).withTable("pooled");
      try (OutboxRelay unused = OutboxRelay.start(scene.hookferry.webhooks(), options)) {
        scene.awaitEmpty();
      }
      assertThat(warnings).isEmpty();
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(before);
    }
  }

  /** Notes the lines of a log. */
  private static final class Lines extends Handler {
    private final List<String> lines;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
