package dev.hookferry.spring.autoconfigure;

/** State of the transaction that a connection belongs to. */
enum TransactionPhase {
  /** No transaction manager began a transaction on the connection, so none will commit it. */
  NONE,
  /** The transaction manager will commit or roll back work done on the connection now. */
  PENDING,
  /** The transaction is calling its listeners after its completion, or may be doing so. */
  COMPLETED
}
