package dev.hookferry.jdbc;

import dev.hookferry.contract.support.DatabaseProxy;

/** A database behind a proxy port, so that the connection can be cut. */
public interface NetworkDatabase extends TestDatabase {
  String host();

  int port();

  /** The URL by way of another port of this machine. */
  String url(int localPort);

  @Override
  default String url() {
    return url(port());
  }

  /** Where a proxy leads to. */
  default DatabaseProxy line() {
    return new DatabaseProxy(host(), port());
  }
}
