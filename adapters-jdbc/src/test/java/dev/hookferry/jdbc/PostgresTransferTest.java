package dev.hookferry.jdbc;

final class PostgresTransferTest extends JdbcTransferContract {
  PostgresTransferTest() {
    super(new Postgres());
  }
}
