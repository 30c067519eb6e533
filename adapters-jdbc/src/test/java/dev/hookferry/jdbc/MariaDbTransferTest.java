package dev.hookferry.jdbc;

final class MariaDbTransferTest extends JdbcTransferContract {
  MariaDbTransferTest() {
    super(new MariaDb());
  }
}
