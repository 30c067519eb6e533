package dev.hookferry.jdbc;

final class MariaDbStoreTest extends JdbcStoreContract {
  MariaDbStoreTest() {
    super(new MariaDb());
  }
}
