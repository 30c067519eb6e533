package dev.hookferry.jdbc;

final class PostgresStoreTest extends JdbcStoreContract {
  PostgresStoreTest() {
    super(new Postgres());
  }
}
