package dev.hookferry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.store.Store;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** The contract through a pool of the application, which has other habits than ours. */
final class PooledPostgresStoreTest extends JdbcStoreContract {
  private final HikariDataSource pool;

  PooledPostgresStoreTest() {
    super(new Postgres());
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    config.setMaximumPoolSize(30);
    pool = new HikariDataSource(config);
  }

  @Override
  public Store open(Duration ownerTimeout) {
    return JdbcStore.open(
        pool,
        JdbcStoreOptions.defaults().withSchema("").withPoolSize(8).withOwnerTimeout(ownerTimeout));
  }

  @AfterAll
  @Override
  void close() {
    pool.close();
    super.close();
  }
}
