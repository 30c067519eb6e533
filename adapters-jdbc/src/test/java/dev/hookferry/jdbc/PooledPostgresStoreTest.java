package dev.hookferry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.config.ConfigStoreContract;
import dev.hookferry.contract.store.config.ReadYourWritesContract;
import dev.hookferry.contract.store.delivery.ClaimContract;
import dev.hookferry.contract.store.delivery.CommandContract;
import dev.hookferry.contract.store.delivery.ConcurrencyContract;
import dev.hookferry.contract.store.delivery.IdempotencyContract;
import dev.hookferry.contract.store.delivery.OrderConcurrencyContract;
import dev.hookferry.contract.store.delivery.OwnershipContract;
import dev.hookferry.contract.store.delivery.PublishContract;
import dev.hookferry.contract.store.delivery.RejectionContract;
import dev.hookferry.contract.store.delivery.ResultContract;
import dev.hookferry.contract.store.log.PurgeContract;
import dev.hookferry.store.Store;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * All that depends on transactions, through a pool of the application whose connections have
 * another isolation level and no auto-commit.
 */
@EnabledIfSystemProperty(named = "thorough", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PooledPostgresStoreTest
    implements PublishContract,
        ResultContract,
        ClaimContract,
        CommandContract,
        ConcurrencyContract,
        OrderConcurrencyContract,
        IdempotencyContract,
        OwnershipContract,
        RejectionContract,
        PurgeContract,
        ConfigStoreContract,
        ReadYourWritesContract,
        DurableStoreContract {
  private final TestDatabase database = new Postgres();
  private final HikariDataSource pool;

  PooledPostgresStoreTest() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    config.setMaximumPoolSize(30);
    pool = new HikariDataSource(config);
    open(SchemaMode.MIGRATE).close();
  }

  @BeforeEach
  void empty() {
    database.empty();
  }

  @Override
  public Store open() {
    return open(SchemaMode.VALIDATE);
  }

  private Store open(SchemaMode mode) {
    return JdbcStore.open(
        pool,
        JdbcStoreOptions.defaults()
            .withSchema("")
            .withSchemaMode(mode)
            .withPoolSize(8)
            .withOwnerTimeout(Duration.ofMinutes(5)));
  }

  @AfterAll
  void close() {
    pool.close();
    database.close();
  }
}
