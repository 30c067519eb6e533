package dev.hookferry.spring.autoconfigure;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

/**
 * Follows the transactions of every transaction manager that is a bean, since Spring keeps the
 * connection of a completed transaction in place while it calls the listeners. Thread-safe.
 */
final class TransactionWatch implements TransactionExecutionListener, BeanPostProcessor {
  private static final Set<String> LATE_CALLS =
      Set.of("invokeAfterCommit", "invokeAfterCompletion");

  /**
   * Phases by holder. Keys are weak: an entry lives while a borrower of the connection has the
   * holder.
   */
  private final Map<ConnectionHolder, TransactionPhase> phases =
      Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof ConfigurableTransactionManager manager
        && !manager.getTransactionExecutionListeners().contains(this)) {
      manager.addListener(this);
    }
    return bean;
  }

  @Override
  public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
    if (failure == null
        && transaction.isNewTransaction()
        && transaction instanceof DefaultTransactionStatus status
        && status.hasTransaction()
        && status.getTransaction() instanceof JdbcTransactionObjectSupport jdbc
        && jdbc.hasConnectionHolder()) {
      ConnectionHolder holder = jdbc.getConnectionHolder();
      phases.put(holder, TransactionPhase.PENDING);
      if (TransactionSynchronizationManager.isSynchronizationActive()) {
        TransactionSynchronizationManager.registerSynchronization(new Completion(holder));
      }
    }
  }

  /**
   * Returns the phase of the transaction that this thread runs on a {@code DataSource}. Never
   * {@link TransactionPhase#PENDING} in case of doubt.
   */
  TransactionPhase phase(DataSource dataSource) {
    if (!(TransactionSynchronizationManager.getResource(dataSource)
        instanceof ConnectionHolder holder)) {
      return TransactionPhase.NONE;
    }
    TransactionPhase known = phases.get(holder);
    if (known != null) {
      return known;
    }
    if (!new Probe(dataSource).isBegun() && holder.isSynchronizedWithTransaction()) {
      // Spring holds the connection for the duration of a transaction on another resource.
      return TransactionPhase.NONE;
    }
    // JDBC, or JPA, whose connection matches neither condition. The transaction manager is not a
    // bean.
    return isAfterCompletionCallback() ? TransactionPhase.COMPLETED : TransactionPhase.PENDING;
  }

  private static boolean isAfterCompletionCallback() {
    String caller = TransactionSynchronizationUtils.class.getName();
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        LATE_CALLS.contains(frame.getMethodName())
                            && frame.getClassName().equals(caller)));
  }

  /** Is notified of the completion before all other listeners. */
  private final class Completion implements TransactionSynchronization {
    private final ConnectionHolder holder;

    Completion(ConnectionHolder holder) {
      this.holder = holder;
    }

    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }

    @Override
    public void afterCommit() {
      phases.put(holder, TransactionPhase.COMPLETED);
    }

    @Override
    public void afterCompletion(int status) {
      phases.put(holder, TransactionPhase.COMPLETED);
    }
  }

  /** Accesses information that Spring gives only to transaction managers. */
  private static final class Probe extends DataSourceTransactionManager {
    private static final long serialVersionUID = 1;

    Probe(DataSource dataSource) {
      super(dataSource);
    }

    boolean isBegun() {
      return isExistingTransaction(doGetTransaction());
    }
  }
}
