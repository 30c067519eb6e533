package dev.hookferry.jdbc.database;

import org.jdbi.v3.core.ConnectionFactory;

/** The source of a store's connections. Thread-safe. */
public sealed interface JdbcPool extends ConnectionFactory, AutoCloseable
    permits OwnPool, ApplicationPool {
  /** Returns host and database, without credentials. */
  String place();

  /** Returns the maximum number of connections that the store uses at once. */
  int size();

  /** Closes the pool if it belongs to the store. */
  @Override
  void close();
}
