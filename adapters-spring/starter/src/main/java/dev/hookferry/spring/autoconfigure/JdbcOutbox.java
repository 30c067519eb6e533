package dev.hookferry.spring.autoconfigure;

import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.outbox.Outbox;
import dev.hookferry.spring.TransactionRule;
import dev.hookferry.spring.TransactionalOutbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Inserts events into the outbox table on the connection of the running Spring transaction. */
final class JdbcOutbox implements TransactionalOutbox {
  private static final String TASK = "insert an event into the outbox";

  private final DataSource dataSource;
  private final Outbox outbox;
  private final TransactionRule rule;
  private final TransactionWatch watch;
  private final Runnable wake;

  /**
   * One object for all events, so that a transaction with many events wakes the relay only once.
   */
  private final TransactionSynchronization wakeAfterCommit =
      new TransactionSynchronization() {
        @Override
        public void afterCommit() {
          wake.run();
        }
      };

  /**
   * Creates the outbox.
   *
   * @param watch shows which connections are still to be committed
   * @param wake makes the relay of this process look for rows; does not block
   */
  JdbcOutbox(
      DataSource dataSource,
      Outbox outbox,
      TransactionRule rule,
      TransactionWatch watch,
      Runnable wake) {
    this.dataSource = managed(dataSource);
    this.outbox = outbox;
    this.rule = rule;
    this.watch = watch;
    this.wake = wake;
  }

  /** Returns the {@code DataSource} that transaction managers use: they unwrap this proxy. */
  static DataSource managed(DataSource dataSource) {
    return dataSource instanceof TransactionAwareDataSourceProxy proxy
        ? Objects.requireNonNull(proxy.getTargetDataSource(), "targetDataSource")
        : dataSource;
  }

  @Override
  public EventId add(SiteId site, NewEvent event) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(event, "event");
    boolean running = rule.check(event);
    TransactionPhase phase = watch.phase(dataSource);
    try {
      if (phase == TransactionPhase.PENDING) {
        return addToTransaction(site, event);
      }
      if (running) {
        throw refusal(event, phase);
      }
      return addAlone(site, event);
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  private EventId addToTransaction(SiteId site, NewEvent event) throws SQLException {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      EventId id = outbox.publish(connection, site, event);
      if (TransactionSynchronizationManager.isSynchronizationActive()) {
        TransactionSynchronizationManager.registerSynchronization(wakeAfterCommit);
      }
      return id;
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /**
   * Uses a separate connection, because Spring may be holding one with uncommitted work of the
   * caller.
   */
  private EventId addAlone(SiteId site, NewEvent event) throws SQLException {
    EventId id;
    try (Connection connection = dataSource.getConnection()) {
      id =
          connection.getAutoCommit()
              ? outbox.publish(connection, site, event)
              : committed(connection, site, event);
    }
    wake.run();
    return id;
  }

  private EventId committed(Connection connection, SiteId site, NewEvent event)
      throws SQLException {
    boolean done = false;
    try {
      EventId id = outbox.publish(connection, site, event);
      connection.commit();
      done = true;
      return id;
    } finally {
      if (!done) {
        connection.rollback();
      }
    }
  }

  private static IllegalTransactionStateException refusal(NewEvent event, TransactionPhase phase) {
    return new IllegalTransactionStateException(
        "publishing \""
            + event.type()
            + (phase == TransactionPhase.COMPLETED
                ? "\" needs a transaction that is still to be committed; the current one has completed:"
                    + " publish before its commit, or in a new one (Propagation.REQUIRES_NEW) of a"
                    + " transaction manager that is a bean"
                : "\" needs a transaction of the DataSource that has the outbox table; the running one"
                    + " belongs to another resource, so the event would not roll back with it"));
  }

  private static DataAccessException translated(SQLException e) {
    DataAccessException known = new SQLExceptionSubclassTranslator().translate(TASK, null, e);
    return known == null ? new UncategorizedSQLException(TASK, null, e) : known;
  }
}
