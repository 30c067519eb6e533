package dev.hookferry.spring;

import dev.hookferry.event.NewEvent;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Decides whether an event may be published in the current state of the thread's transaction.
 *
 * @param required whether there must be a transaction
 */
public record TransactionRule(boolean required) {
  /**
   * Returns whether a transaction is running. A transaction that is already in its after-completion
   * callbacks does not count, because nothing written there would be committed.
   *
   * @throws IllegalTransactionStateException if there is none but one is required, or if it is
   *     read-only
   */
  public boolean check(NewEvent event) {
    boolean isActive = TransactionSynchronizationManager.isActualTransactionActive();
    // Spring ends the synchronization before it calls the listeners, and the transaction
    // afterwards.
    boolean running = isActive && TransactionSynchronizationManager.isSynchronizationActive();
    if (!running && required) {
      throw new IllegalTransactionStateException(
          "publishing \""
              + event.type()
              + "\" needs a running transaction: "
              + (isActive
                  ? "the current one has completed, so publish before its commit or in a new one"
                      + " (Propagation.REQUIRES_NEW),"
                  : "annotate the calling method with @Transactional,")
              + " or set hookferry.outbox.require-transaction=false to commit such events immediately");
    }
    if (running && TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
      throw new IllegalTransactionStateException(
          "publishing \"" + event.type() + "\" needs a transaction that is not read-only");
    }
    return running;
  }
}
