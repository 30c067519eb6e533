package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.commit.Batch;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Slow queries of some people must not keep a node from its own. */
final class SlowQueriesTest {
  /** Makes a look at the version wait for a lock, but not a commit, which reads one column only. */
  private static final String SLOW_VERSION =
      """
      CREATE FUNCTION slow() RETURNS bigint STABLE LANGUAGE plpgsql
        AS 'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN 0; END';
      ALTER TABLE hookferry_config RENAME TO elsewhere;
      CREATE VIEW hookferry_config AS SELECT version, forgotten + slow() AS forgotten FROM elsewhere
      """;

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

  /** As when somebody asks again and again whether a node is ready, whose database is slow. */
  @Test
  void commitsFindAConnectionHoweverManyAskForTheVersion() throws SQLException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestDatabase place = new Postgres();
        TestNode node = new TestNode(JdbcStoreOptions.of(place.url()).withPoolSize(8), 1);
        Connection other = place.connect();
        Statement statement = other.createStatement()) {
      node.commit(node.oneEvent(node.samples.endpoint()));
      place.execute(SLOW_VERSION);
      statement.execute("SELECT pg_advisory_lock(1)");
      List<CompletableFuture<Boolean>> probes =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> isReady(node), threads))
              .limit(20)
              .toList();
      Poll.until(() -> probes.stream().filter(CompletableFuture::isDone).count() >= 12);

      assertThat(node.commit(node.oneEvent(node.samples.endpoint())).refused()).isEmpty();
      assertThat(node.store.deliveries().heartbeat(node.owner).alive()).isTrue();
      assertThat(node.store.replays().all()).isEmpty();

      statement.execute("SELECT pg_advisory_unlock(1)");
      assertThat(probes).allSatisfy(CompletableFuture::join);
      assertThat(isReady(node)).isTrue();
    } finally {
      threads.shutdownNow();
    }
  }

  /** As many as the starter for Spring Boot borrows from the application's pool. */
  @Test
  void aSmallPoolHasAConnectionForTheHeartbeatWhenAllElseIsSlow() throws SQLException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (TestDatabase place = new Postgres();
        TestNode node = new TestNode(JdbcStoreOptions.of(place.url()).withPoolSize(6), 1);
        Connection other = place.connect();
        Statement statement = other.createStatement()) {
      EndpointId endpoint = node.samples.endpoint();
      node.commit(node.oneEvent(endpoint));
      statement.execute(
          "BEGIN; LOCK TABLE hookferry_delivery_queue, hookferry_audit IN ACCESS EXCLUSIVE MODE");
      List<Runnable> work = new ArrayList<>();
      for (int i = 0; i < node.store.parallelCommits(); i++) {
        Batch batch = node.oneEvent(endpoint);
        work.add(() -> node.commit(batch));
      }
      ClaimRequest request = StoreHarness.everything(endpoint);
      work.add(() -> node.store.deliveries().claim(node.owner, request));
      work.add(() -> node.store.audit().entries(AuditQuery.ALL));
      List<CompletableFuture<Void>> slow =
          work.stream().map(one -> CompletableFuture.runAsync(one, threads)).toList();
      Poll.until(() -> waiting(place) == work.size());

      assertThat(node.store.config().version()).isZero();
      assertThat(node.store.deliveries().heartbeat(node.owner).alive()).isTrue();

      statement.execute("COMMIT");
      assertThat(slow).allSatisfy(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns how many sessions wait for a lock; a transaction would see the same all the time. */
  private static int waiting(TestDatabase place) {
    try (Connection connection = place.connect();
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE wait_event_type = 'Lock' AND datname = current_database()")) {
      count.next();
      return count.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "5, 1", "6, 2", "7, 3", "8, 4", "12, 4", "200, 4"})
  void asManyCommitsRunAsThePoolAllows(int size, int commits) {
    try (TestDatabase place = new Postgres();
        TestNode node = new TestNode(JdbcStoreOptions.of(place.url()).withPoolSize(size), 1)) {
      assertThat(node.store.parallelCommits()).isEqualTo(commits);
    }
  }

  private static boolean isReady(TestNode node) {
    try {
      return node.store.config().version() == 0;
    } catch (StoreException e) {
      return false;
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
