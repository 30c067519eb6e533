package dev.hookferry.spring.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A transaction manager with a session of its own, which exposes the session's connection as that
 * of JPA does: the holder neither has an active transaction nor is synchronized with one.
 */
final class ExposingTransactionManager extends AbstractPlatformTransactionManager {
  private static final long serialVersionUID = 1;

  private final transient DataSource dataSource;
  private final transient Object session = new Object();

  ExposingTransactionManager(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Transaction of a thread. */
  private static final class SessionTransaction extends JdbcTransactionObjectSupport {
    boolean existing;
  }

  @Override
  protected Object doGetTransaction() {
    SessionTransaction transaction = new SessionTransaction();
    transaction.existing = TransactionSynchronizationManager.hasResource(session);
    transaction.setConnectionHolder(bound());
    return transaction;
  }

  private ConnectionHolder bound() {
    return (ConnectionHolder) TransactionSynchronizationManager.getResource(dataSource);
  }

  @Override
  protected boolean isExistingTransaction(Object transaction) {
    return ((SessionTransaction) transaction).existing;
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    try {
      Connection connection = dataSource.getConnection();
      connection.setAutoCommit(false);
      ConnectionHolder holder = new ConnectionHolder(connection);
      TransactionSynchronizationManager.bindResource(dataSource, holder);
      TransactionSynchronizationManager.bindResource(session, holder);
      ((SessionTransaction) transaction).setConnectionHolder(holder);
    } catch (SQLException e) {
      throw new TransactionSystemException("begin", e);
    }
  }

  @Override
  protected Object doSuspend(Object transaction) {
    TransactionSynchronizationManager.unbindResource(session);
    return TransactionSynchronizationManager.unbindResource(dataSource);
  }

  @Override
  protected void doResume(Object transaction, Object suspended) {
    TransactionSynchronizationManager.bindResource(session, suspended);
    TransactionSynchronizationManager.bindResource(dataSource, suspended);
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    try {
      connection(status.getTransaction()).commit();
    } catch (SQLException e) {
      throw new TransactionSystemException("commit", e);
    }
  }

  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    try {
      connection(status.getTransaction()).rollback();
    } catch (SQLException e) {
      throw new TransactionSystemException("rollback", e);
    }
  }

  @Override
  protected void doSetRollbackOnly(DefaultTransactionStatus status) {
    ((SessionTransaction) status.getTransaction()).getConnectionHolder().setRollbackOnly();
  }

  @Override
  protected void doCleanupAfterCompletion(Object transaction) {
    TransactionSynchronizationManager.unbindResource(session);
    TransactionSynchronizationManager.unbindResource(dataSource);
    try {
      connection(transaction).close();
    } catch (SQLException e) {
      throw new TransactionSystemException("close", e);
    }
  }

  private static Connection connection(Object transaction) {
    return ((SessionTransaction) transaction).getConnectionHolder().getConnection();
  }
}
