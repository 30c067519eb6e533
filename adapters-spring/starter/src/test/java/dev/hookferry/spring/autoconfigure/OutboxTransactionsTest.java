package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.outbox.Outbox;
import dev.hookferry.spring.TransactionRule;
import dev.hookferry.spring.WebhookPublisher;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An event is committed with its transaction, or by itself, or refused; never accepted and lost.
 */
class OutboxTransactionsTest {
  private static final NewEvent EVENT = NewEvent.of("order_created", "{\"id\":7}");
  private static final String COMPLETED = "completed";

  private final TransactionWatch watch = new TransactionWatch();
  private final List<HikariDataSource> pools = new ArrayList<>();

  /** Kind of transaction manager, whether it is a bean, and whether the pool commits by itself. */
  record Setup(
      String name,
      Function<DataSource, AbstractPlatformTransactionManager> manager,
      boolean bean,
      boolean autoCommit) {
    @Override
    public String toString() {
      return name + (bean ? ", a bean" : "") + (autoCommit ? ", auto-commit" : "");
    }
  }

  static Stream<Setup> setups() {
    return Stream.of(true, false)
        .flatMap(autoCommit -> Stream.of(setup(true, autoCommit), setup(false, autoCommit)))
        .flatMap(kinds -> kinds);
  }

  static Stream<Setup> beans() {
    return setups().filter(Setup::bean);
  }

  private static Stream<Setup> setup(boolean bean, boolean autoCommit) {
    return Stream.of(
        new Setup("DataSource", DataSourceTransactionManager::new, bean, autoCommit),
        new Setup("JDBC", JdbcTransactionManager::new, bean, autoCommit),
        new Setup("as JPA", ExposingTransactionManager::new, bean, autoCommit));
  }

  @AfterEach
  void everyConnectionIsReturnedToThePool() {
    for (HikariDataSource pool : pools) {
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      pool.close();
    }
    assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isFalse();
  }

  private HikariDataSource database(Setup setup) throws SQLException {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(StarterApplication.database());
    pool.setMaximumPoolSize(3);
    pool.setAutoCommit(setup.autoCommit());
    pools.add(pool);
    try (Connection connection = pool.getConnection()) {
      Outbox.standard().createTables(connection);
      if (!setup.autoCommit()) {
        connection.commit();
      }
    }
    return pool;
  }

  private PlatformTransactionManager manager(Setup setup, DataSource database) {
    AbstractPlatformTransactionManager manager = setup.manager().apply(database);
    return setup.bean()
        ? (PlatformTransactionManager) watch.postProcessAfterInitialization(manager, "manager")
        : manager;
  }

  private JdbcOutbox outbox(DataSource database, boolean requireTransaction) {
    return new JdbcOutbox(
        database, Outbox.standard(), new TransactionRule(requireTransaction), watch, () -> {});
  }

  /** Reads what is committed, on a connection of its own. */
  private static int rows(HikariDataSource database) {
    Integer count =
        new JdbcTemplate(database)
            .queryForObject("SELECT COUNT(*) FROM hookferry_outbox", Integer.class);
    return count == null ? 0 : count;
  }

  private static void publish(JdbcOutbox outbox) {
    assertThat(outbox.add(SiteId.DEFAULT, EVENT)).isNotNull();
  }

  private static void in(PlatformTransactionManager manager, int propagation, Runnable work) {
    TransactionTemplate template = new TransactionTemplate(manager);
    template.setPropagationBehavior(propagation);
    template.executeWithoutResult(status -> work.run());
  }

  private static void in(PlatformTransactionManager manager, Runnable work) {
    in(manager, TransactionDefinition.PROPAGATION_REQUIRED, work);
  }

  /** Runs the work after the commit, in both calls of a listener; returns what they threw. */
  private static List<Throwable> late(PlatformTransactionManager manager, Runnable work) {
    List<Throwable> thrown = new ArrayList<>();
    in(
        manager,
        () ->
            TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                  @Override
                  public void afterCommit() {
                    thrown.add(catchThrowable(work::run));
                  }

                  @Override
                  public void afterCompletion(int status) {
                    thrown.add(catchThrowable(work::run));
                  }
                }));
    assertThat(thrown).hasSize(2);
    return thrown;
  }

  private static void areRefused(List<Throwable> thrown) {
    assertThat(thrown)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(IllegalTransactionStateException.class)
                    .hasMessageContaining(COMPLETED)
                    .hasMessageContaining("REQUIRES_NEW"));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void itSharesTheFateOfItsTransaction(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(database, true);
    PlatformTransactionManager manager = manager(setup, database);
    in(manager, () -> in(manager, () -> publish(outbox)));
    new TransactionTemplate(manager)
        .executeWithoutResult(
            status -> {
              publish(outbox);
              status.setRollbackOnly();
            });
    assertThat(rows(database)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void itIsPublishedBehindAProxyThatKnowsTransactions(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(new TransactionAwareDataSourceProxy(database), true);
    in(manager(setup, database), () -> publish(outbox));
    assertThat(rows(database)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void aTransactionOfAnotherDataSourceIsRefused(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    for (boolean required : new boolean[] {true, false}) {
      JdbcOutbox outbox = outbox(database, required);
      in(
          manager(setup, database(setup)),
          () -> {
            isForeign(outbox);
            // Spring now keeps a connection for the transaction that is none of its own.
            assertThat(rows(database)).isZero();
            isForeign(outbox);
          });
    }
    assertThat(rows(database)).isZero();
  }

  private static void isForeign(JdbcOutbox outbox) {
    assertThatThrownBy(() -> publish(outbox))
        .isInstanceOf(IllegalTransactionStateException.class)
        .hasMessageContaining("another resource");
  }

  @ParameterizedTest
  @MethodSource("setups")
  void afterTheCommitItIsRefused(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(database, true);
    areRefused(late(manager(setup, database), () -> publish(outbox)));
    assertThat(rows(database)).isZero();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void afterCommitAnInnerTransactionIsRefused(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(database, true);
    PlatformTransactionManager manager = manager(setup, database);
    areRefused(late(manager, () -> in(manager, () -> publish(outbox))));
    assertThat(rows(database)).isZero();
  }

  @ParameterizedTest
  @MethodSource("beans")
  void afterTheCommitANewTransactionCommitsIt(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(database, true);
    PlatformTransactionManager manager = manager(setup, database);
    Runnable inNew =
        () -> in(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW, () -> publish(outbox));
    assertThat(late(manager, inNew)).containsOnlyNulls();
    assertThat(rows(database)).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void afterAFailedCommitItIsRefused(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(database, true);
    PlatformTransactionManager manager = manager(setup, database);
    List<Throwable> thrown = new ArrayList<>();
    TransactionSynchronization failing =
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            throw new IllegalStateException("vetoed");
          }

          @Override
          public void afterCompletion(int status) {
            thrown.add(catchThrowable(() -> publish(outbox)));
            thrown.add(catchThrowable(() -> in(manager, () -> publish(outbox))));
          }
        };
    assertThatThrownBy(
            () ->
                in(
                    manager,
                    () -> TransactionSynchronizationManager.registerSynchronization(failing)))
        .hasMessage("vetoed");
    assertThat(thrown).hasSize(2);
    areRefused(thrown);
    assertThat(rows(database)).isZero();
  }

  @ParameterizedTest
  @MethodSource("setups")
  void beforeTheCommitAListenerCanPublish(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(database, true);
    TransactionSynchronization listener =
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            publish(outbox);
          }

          @Override
          public void beforeCompletion() {
            publish(outbox);
          }
        };
    in(
        manager(setup, database),
        () -> TransactionSynchronizationManager.registerSynchronization(listener));
    assertThat(rows(database)).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("setups")
  void withoutATransactionItIsCommittedAloneIfNoneIsRequired(Setup setup) throws SQLException {
    HikariDataSource database = database(setup);
    JdbcOutbox outbox = outbox(database, false);
    PlatformTransactionManager manager = manager(setup, database);
    JdbcTemplate jdbc = new JdbcTemplate(database);
    publish(outbox);
    in(
        manager,
        TransactionDefinition.PROPAGATION_SUPPORTS,
        () -> {
          assertThat(rows(database)).isEqualTo(1);
          publish(outbox);
        });
    assertThat(rows(database)).isEqualTo(2);
    assertThat(late(manager, () -> publish(outbox)).get(1)).isNull();
    assertThat(rows(database)).isEqualTo(3);
    assertThat(jdbc.queryForObject("SELECT 1", Integer.class)).isEqualTo(1);
  }

  @Test
  void theApplicationsTransactionManagersAreFollowed() {
    StarterApplication.onH2()
        .withPropertyValues(
            "spring.datasource.hikari.auto-commit=false", "hookferry.store.type=memory")
        .run(
            context -> {
              WebhookPublisher publisher = context.getBean(WebhookPublisher.class);
              PlatformTransactionManager manager =
                  context.getBean(PlatformTransactionManager.class);
              areRefused(late(manager, () -> publisher.publish(EVENT)));
              Runnable inNew =
                  () ->
                      in(
                          manager,
                          TransactionDefinition.PROPAGATION_REQUIRES_NEW,
                          () -> publisher.publish(EVENT));
              assertThat(late(manager, inNew)).containsOnlyNulls();
            });
  }
}
