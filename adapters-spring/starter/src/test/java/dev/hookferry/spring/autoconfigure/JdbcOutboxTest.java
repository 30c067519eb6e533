package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.outbox.Outbox;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.spring.TransactionRule;
import dev.hookferry.spring.TransactionalOutbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** An event shares the fate of the Spring transaction that publishes it. */
class JdbcOutboxTest {
  private static final NewEvent EVENT = NewEvent.of("order_created", "{\"id\":7}");

  private final HikariDataSource database = pool();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final AtomicInteger wakes = new AtomicInteger();
  private final TransactionTemplate transaction =
      new TransactionTemplate(new DataSourceTransactionManager(database));

  @BeforeEach
  void create() throws SQLException {
    try (Connection connection = database.getConnection()) {
      Outbox.standard().createTables(connection);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static HikariDataSource pool() {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(StarterApplication.database());
    pool.setMaximumPoolSize(2);
    return pool;
  }

  private TransactionalOutbox sink(boolean requireTransaction) {
    return new JdbcOutbox(
        database,
        Outbox.standard(),
        new TransactionRule(requireTransaction),
        new TransactionWatch(),
        wakes::incrementAndGet);
  }

  private int rows() {
    Integer count = jdbc.queryForObject("SELECT COUNT(*) FROM hookferry_outbox", Integer.class);
    return count == null ? 0 : count;
  }

  @Test
  void aCommitKeepsItAndWakesTheRelayOnce() {
    TransactionalOutbox sink = sink(true);
    transaction.executeWithoutResult(
        status -> {
          EventId first = sink.add(SiteId.DEFAULT, EVENT);
          EventId second = sink.add(SiteId.DEFAULT, EVENT);
          assertThat(first).isNotEqualTo(second);
          assertThat(wakes).hasValue(0);
        });
    assertThat(rows()).isEqualTo(2);
    assertThat(wakes).hasValue(1);
  }

  @Test
  void rollbackRemovesTheEventAndDoesNotWakeTheRelay() {
    TransactionalOutbox sink = sink(true);
    transaction.executeWithoutResult(
        status -> {
          sink.add(SiteId.DEFAULT, EVENT);
          assertThat(rows()).isEqualTo(1);
          status.setRollbackOnly();
        });
    assertThat(rows()).isZero();
    assertThat(wakes).hasValue(0);
  }

  @Test
  void savepointRollbackRemovesOnlyItsOwnEvent() {
    TransactionalOutbox sink = sink(true);
    TransactionTemplate nested =
        new TransactionTemplate(new DataSourceTransactionManager(database));
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    transaction.executeWithoutResult(
        status -> {
          sink.add(SiteId.DEFAULT, EVENT);
          nested.executeWithoutResult(
              inner -> {
                sink.add(SiteId.DEFAULT, EVENT);
                inner.setRollbackOnly();
              });
        });
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void withoutATransactionItFailsAndSaysHowToHaveOne() {
    assertThatThrownBy(() -> sink(true).add(SiteId.DEFAULT, EVENT))
        .isInstanceOf(IllegalTransactionStateException.class)
        .hasMessageContaining("order_created")
        .hasMessageContaining("@Transactional")
        .hasMessageContaining("hookferry.outbox.require-transaction=false");
    assertThat(rows()).isZero();
  }

  @Test
  void withoutATransactionItCanBeCommittedAtOnce() {
    sink(false).add(SiteId.DEFAULT, EVENT);
    assertThat(rows()).isEqualTo(1);
    assertThat(wakes).hasValue(1);
  }

  @Test
  void itIsCommittedAtOnceFromAPoolWithoutAutoCommit() {
    try (HikariDataSource manual = new HikariDataSource()) {
      manual.setJdbcUrl(database.getJdbcUrl());
      manual.setAutoCommit(false);
      new JdbcOutbox(
              manual,
              Outbox.standard(),
              new TransactionRule(false),
              new TransactionWatch(),
              () -> {})
          .add(SiteId.DEFAULT, EVENT);
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aTransactionOfAnotherDataSourceIsRefused() {
    try (HikariDataSource other = pool()) {
      TransactionTemplate foreign =
          new TransactionTemplate(new DataSourceTransactionManager(other));
      TransactionalOutbox sink = sink(true);
      assertThatThrownBy(
              () -> foreign.executeWithoutResult(status -> sink.add(SiteId.DEFAULT, EVENT)))
          .isInstanceOf(IllegalTransactionStateException.class)
          .hasMessageContaining("another resource");
      assertThat(rows()).isZero();
    }
  }

  @Test
  void aReadOnlyTransactionIsRefused() {
    transaction.setReadOnly(true);
    TransactionalOutbox sink = sink(true);
    assertThatThrownBy(
            () -> transaction.executeWithoutResult(status -> sink.add(SiteId.DEFAULT, EVENT)))
        .isInstanceOf(IllegalTransactionStateException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void refusesAnInvalidEventAndContinuesTheTransaction() {
    TransactionalOutbox sink = sink(true);
    transaction.executeWithoutResult(
        status -> {
          assertThatThrownBy(() -> sink.add(SiteId.DEFAULT, NewEvent.of("order_created", "{")))
              .isInstanceOf(InvalidException.class)
              .hasMessageContaining("data");
          sink.add(SiteId.DEFAULT, EVENT);
        });
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aMissingTableIsADataAccessException() {
    jdbc.execute("DROP TABLE hookferry_outbox");
    TransactionalOutbox sink = sink(true);
    assertThatThrownBy(
            () -> transaction.executeWithoutResult(status -> sink.add(SiteId.DEFAULT, EVENT)))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("outbox");
  }

  @Test
  void theConnectionIsGivenBack() {
    for (int i = 0; i < 5; i++) {
      aCommitKeepsItAndWakesTheRelayOnceMore();
      assertThatThrownBy(() -> sink(true).add(SiteId.DEFAULT, EVENT)).isNotNull();
      sink(false).add(SiteId.DEFAULT, EVENT);
    }
    assertThat(database.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  private void aCommitKeepsItAndWakesTheRelayOnceMore() {
    transaction.executeWithoutResult(status -> sink(true).add(SiteId.DEFAULT, EVENT));
  }
}
