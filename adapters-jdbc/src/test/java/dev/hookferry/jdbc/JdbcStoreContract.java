package dev.hookferry.jdbc;

import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.NodeListContract;
import dev.hookferry.contract.store.SessionStoreContract;
import dev.hookferry.contract.store.SharedTrialContract;
import dev.hookferry.contract.store.StoreAgainstModelContract;
import dev.hookferry.contract.store.StoreContract;
import dev.hookferry.contract.store.TallyStoreContract;
import dev.hookferry.contract.store.delivery.ExactPromotionContract;
import dev.hookferry.store.Store;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The contract on one database per class, emptied before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcStoreContract
    implements StoreContract,
        DurableStoreContract,
        SharedTrialContract,
        SessionStoreContract,
        TallyStoreContract,
        NodeListContract,
        ExactPromotionContract,
        StoreAgainstModelContract {
  final TestDatabase database;

  JdbcStoreContract(TestDatabase database) {
    this.database = database;
  }

  @BeforeAll
  void setUp() {
    JdbcStore.open(options()).close();
  }

  private JdbcStoreOptions options() {
    return JdbcStoreOptions.of(database.url()).withPoolSize(8);
  }

  @BeforeEach
  void empty() {
    database.empty();
  }

  @Override
  public Store open() {
    return open(Duration.ofMinutes(5));
  }

  @Override
  public Store open(Duration ownerTimeout) {
    // Flyway would take longer than most of these tests, and others are about it.
    return JdbcStore.open(
        options().withOwnerTimeout(ownerTimeout).withSchemaMode(SchemaMode.VALIDATE));
  }

  @Override
  public Supplier<Store> newPlace() {
    empty();
    return this::open;
  }

  /** Rows outside all daily partitions, such as the samples, are removed on their own. */
  @Override
  public boolean purgesSingleEvents() {
    return true;
  }

  @AfterAll
  void close() {
    database.close();
  }
}
