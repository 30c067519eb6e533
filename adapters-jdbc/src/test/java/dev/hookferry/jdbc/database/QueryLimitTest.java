package dev.hookferry.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.store.QueryTimeoutException;
import dev.hookferry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits that keep queries from getting in the way of commits. */
final class QueryLimitTest {
  private static final int POOL = 8;

  /** The rest of the pool is for four commits, a claim, a heartbeat and the configuration. */
  private static final int QUERIES = 1;

  private static Database connect(TestDatabase database) {
    ConnectionSource source =
        ConnectionSource.of(new ConnectionSettings(database.url(), null, null, POOL));
    return new Database(source.dialect(), source.pool(), TableNames.standard(source.dialect()));
  }

  @ParameterizedTest
  @EnumSource
  void aSlowListIsCancelled(Kind kind) {
    try (TestDatabase place = kind.create();
        Database database = connect(place)) {
      String sleep = kind == Kind.MARIADB ? "SELECT SLEEP(30)" : "SELECT pg_sleep(30)::text";

      assertThatThrownBy(
              () -> database.list(handle -> handle.createQuery(sleep).mapTo(String.class).list()))
          .isInstanceOf(QueryTimeoutException.class)
          .hasMessageContaining("narrow the time range");
    }
  }

  @ParameterizedTest
  @EnumSource
  void queriesLeaveConnectionsToCommits(Kind kind) {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(POOL);
    try (TestDatabase place = kind.create();
        Database database = connect(place)) {
      List<CompletableFuture<Integer>> queries = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        queries.add(
            CompletableFuture.supplyAsync(
                () -> database.query(handle -> waiting(handle, running, end)), threads));
      }
      Poll.until(() -> running.get() == QUERIES);
      assertThatThrownBy(() -> database.query(QueryLimitTest::one))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("too many queries at once");
      assertThat(database.<Integer>change((handle, withAllChecks) -> one(handle))).isEqualTo(1);

      end.countDown();
      queries.forEach(CompletableFuture::join);
      for (int i = 0; i < POOL; i++) {
        assertThat(database.<Integer>query(QueryLimitTest::one)).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int one(Handle handle) {
    return handle.createQuery("SELECT 1").mapTo(Integer.class).one();
  }

  private static int waiting(Handle handle, AtomicInteger running, CountDownLatch end) {
    running.incrementAndGet();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return one(handle);
  }

  /** Among the settings are the time limits of the network. */
  @Test
  void aUrlIsOpenedWithItsSettings() {
    try (TestDatabase place = Kind.POSTGRES.create();
        Database database = connect(place)) {
      String name =
          database.query(
              handle -> handle.createQuery("SHOW application_name").mapTo(String.class).one());
      assertThat(name).isEqualTo("hookferry");
    }
  }

  @ParameterizedTest
  @EnumSource
  void noTransactionWaitsForALockForLong(Kind kind) {
    String seconds =
        kind == Kind.MARIADB
            ? "SELECT @@innodb_lock_wait_timeout"
            : "SELECT setting::bigint / 1000 FROM pg_settings WHERE name = 'lock_timeout'";
    try (TestDatabase place = kind.create();
        Database database = connect(place)) {
      assertThat(
              database.<Long>change(
                  (handle, withAllChecks) -> handle.createQuery(seconds).mapTo(Long.class).one()))
          .isBetween(1L, 10L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSnapshotThatCannotBeginKeepsNoConnection(Kind kind) {
    try (TestDatabase place = kind.create();
        Database database = connect(place)) {
      place.execute("CREATE TABLE hookferry_config (version int)");
      database.snapshot().close();
      place.execute("DROP TABLE hookferry_config");
      for (int i = 0; i <= POOL && kind == Kind.POSTGRES; i++) {
        assertThatThrownBy(database::snapshot)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("hookferry_config");
      }
      for (int i = 0; i <= POOL; i++) {
        assertThat(database.<Integer>change((handle, withAllChecks) -> one(handle))).isEqualTo(1);
      }
    }
  }
}
