package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Slow queries of some people must not keep a node from its own. */
final class SlowQueriesTest {
  @ParameterizedTest
  @EnumSource
  void theNodeStillKnowsTheConfigurationAndThatItIsAlive(Kind kind) throws SQLException {
    String lock =
        kind == Kind.MARIADB
            ? "LOCK TABLES hookferry_audit WRITE"
            : "BEGIN; LOCK TABLE hookferry_audit IN ACCESS EXCLUSIVE MODE";
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestDatabase place = kind.create();
        TestNode node = new TestNode(place.url());
        Connection other = DriverManager.getConnection(place.url());
        Statement statement = other.createStatement()) {
      node.commit(node.oneEvent(node.samples.endpoint()));
      statement.execute(lock);
      CompletableFuture<?> slow =
          CompletableFuture.supplyAsync(() -> node.store.audit().entries(AuditQuery.ALL), threads);
      Poll.until(() -> isFull(node));

      assertThat(node.store.config().version()).isZero();
      assertThat(node.store.config().refresh(node.store.config().load()).version()).isZero();
      assertThat(node.store.deliveries().heartbeat(node.owner).alive()).isTrue();

      statement.execute(kind == Kind.MARIADB ? "UNLOCK TABLES" : "COMMIT");
      slow.join();
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isFull(TestNode node) {
    try {
      return node.store.replays().all().size() > 0;
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("too many queries at once");
      return true;
    }
  }
}
