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
  private final Runnable wake;

  /** One object for all events, so that a transaction with many events wakes the relay once. */
  private final TransactionSynchronization wakeAfterCommit =
      new TransactionSynchronization() {
        @Override
        public void afterCommit() {
          wake.run();
        }
      };

  /**
   * Creates a sink.
   *
   * @param wake makes the relay of this process look for rows; does not block
   */
  JdbcOutbox(DataSource dataSource, Outbox outbox, TransactionRule rule, Runnable wake) {
    this.dataSource = dataSource;
    this.outbox = outbox;
    this.rule = rule;
    this.wake = wake;
  }

  @Override
  public EventId add(SiteId site, NewEvent event) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(event, "event");
    boolean running = rule.check(event);
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      EventId id = add(connection, running, site, event);
      if (!running) {
        wake.run();
      } else if (TransactionSynchronizationManager.isSynchronizationActive()) {
        TransactionSynchronizationManager.registerSynchronization(wakeAfterCommit);
      }
      return id;
    } catch (SQLException e) {
      throw translated(e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private EventId add(Connection connection, boolean running, SiteId site, NewEvent event)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    if (running && autoCommit) {
      throw new IllegalTransactionStateException(
          "publishing \""
              + event.type()
              + "\" needs a transaction of the DataSource that has the outbox table; the running one"
              + " belongs to another resource, so the event would not roll back with it");
    }
    EventId id = outbox.publish(connection, site, event);
    if (!running && !autoCommit) {
      connection.commit();
    }
    return id;
  }

  private static DataAccessException translated(SQLException e) {
    DataAccessException known = new SQLExceptionSubclassTranslator().translate(TASK, null, e);
    return known == null ? new UncategorizedSQLException(TASK, null, e) : known;
  }
}
