package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.database.DatabaseSnapshot;
import dev.hookferry.jdbc.delivery.AddedDeliveries;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Behaviour while other clients change the database. */
final class InterferenceTest {
  /** A frozen process would else keep its deliveries longer than a dead one. */
  @ParameterizedTest
  @EnumSource
  void freesTheLocksOfAFrozenProcessBeforeItIsEvicted(Kind kind) throws Exception {
    try (NetworkDatabase database = kind.create();
        Connection session = database.connect();
        Statement statement = session.createStatement()) {
      statement.execute(Dialect.of(database.url()).sessionSql());
      try (ResultSet seconds = statement.executeQuery(kind.idleSeconds())) {
        seconds.next();

        assertThat(Duration.ofSeconds(seconds.getLong(1)))
            .isPositive()
            .isLessThan(JdbcStoreOptions.of(database.url()).ownerTimeout().dividedBy(2));
      }
    }
  }

  /** Reading a snapshot may take longer than any other transaction, but only that may. */
  @ParameterizedTest
  @EnumSource
  void limitsIdleTransactionsAgainAfterASnapshot(Kind kind) {
    try (NetworkDatabase database = kind.create();
        TestNode node = new TestNode(database.url());
        Database pool = database.connectAsStore()) {
      try (DatabaseSnapshot one = pool.snapshot();
          DatabaseSnapshot other = pool.snapshot()) {
        assertThat(List.of(one, other))
            .as("all connections of the pool")
            .allSatisfy(each -> assertThat(idleSeconds(each.handle(), kind)).isZero());
      }

      assertThat(pool.<Long>query(handle -> idleSeconds(handle, kind))).isPositive();
      assertThat(node.store.info().kind()).isNotBlank();
    }
  }

  private static long idleSeconds(Handle handle, Kind kind) {
    return handle.createQuery(kind.idleSeconds()).mapTo(Long.class).one();
  }

  @ParameterizedTest
  @EnumSource
  void commitsAlthoughAnOperatorEndsItsSession(Kind kind) throws Exception {
    try (NetworkDatabase database = kind.create();
        TestNode node = new TestNode(database.url());
        Connection other = database.connect();
        Statement statement = other.createStatement()) {
      EndpointId endpoint = node.samples.endpoint();
      Batch batch = node.oneEvent(endpoint);
      other.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM hookferry_owner FOR UPDATE").close();

      CompletableFuture<CommitResult> commit =
          CompletableFuture.supplyAsync(() -> node.commit(batch));
      Poll.until(() -> kind.endWaitingSessions(database) == 1);
      other.rollback();

      assertThat(commit.get().publications()).hasOnlyElementsOfType(CommitResult.Stored.class);
      assertThat(node.claim(endpoint)).containsExactly(TestNode.delivery(batch));
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotPurgeAnEventBeingSentToAnotherEndpoint(Kind kind) throws Exception {
    try (NetworkDatabase database = kind.create();
        TestNode node = new TestNode(database.url());
        Database other = database.connectAsStore()) {
      Event event = node.samples.event();
      node.commit(Batch.of(PublishEntry.of(event, List.of())));
      Delivery added =
          Delivery.of(node.samples.pastDeliveryId(event), event, node.samples.endpoint());

      CompletableFuture<Long> purged =
          other.change(
              (handle, withAllChecks) -> {
                var unused =
                    new AddedDeliveries(other.dialect())
                        .deliver(handle, new Command.Deliver(List.of(added)));
                CompletableFuture<Long> purge =
                    CompletableFuture.supplyAsync(() -> node.store.log().purge(TestNode.FAR_AHEAD));
                Poll.until(() -> kind.waitingSessions(database).size() == 1);
                return purge;
              });

      assertThat(purged.get()).isZero();
      assertThat(node.claim(added.endpoint())).containsExactly(added);
    }
  }

  /** A node that is slow to commit its claim must not keep the others from theirs. */
  @ParameterizedTest
  @EnumSource
  void claimsUnlockedRowsDespiteLockedOnes(Kind kind) throws Exception {
    try (NetworkDatabase database = kind.create();
        TestNode node = new TestNode(database.url());
        Connection other = database.connect();
        Statement statement = other.createStatement()) {
      EndpointId endpoint = node.samples.endpoint();
      Batch locked = node.oneEvent(endpoint);
      node.commit(locked);
      other.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      other.setAutoCommit(false);
      statement.executeQuery("SELECT id FROM hookferry_delivery_queue FOR UPDATE").close();
      Batch free = node.oneEvent(endpoint);
      node.commit(free);

      CompletableFuture<List<Delivery>> claim =
          CompletableFuture.supplyAsync(() -> node.claim(endpoint));
      // A claim that waits for the locked row ends with the rollback below, or not at all.
      assertThat(claim.get(5, TimeUnit.MINUTES)).containsExactly(TestNode.delivery(free));

      other.rollback();
      assertThat(node.claim(endpoint)).containsExactly(TestNode.delivery(locked));
    }
  }
}
