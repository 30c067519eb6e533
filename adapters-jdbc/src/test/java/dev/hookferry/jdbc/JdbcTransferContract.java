package dev.hookferry.jdbc;

import dev.hookferry.contract.store.transfer.SnapshotContract;
import dev.hookferry.contract.store.transfer.TransferSourceContract;
import dev.hookferry.contract.store.transfer.TransferTargetContract;
import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Transfers from and to one database per class, emptied before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcTransferContract
    implements TransferSourceContract, TransferTargetContract, SnapshotContract {
  private final TestDatabase database;

  JdbcTransferContract(TestDatabase database) {
    this.database = database;
  }

  private JdbcStoreOptions options() {
    return JdbcStoreOptions.of(database.url()).withPoolSize(8);
  }

  @BeforeAll
  void setUp() {
    JdbcStore.open(options()).close();
  }

  @BeforeEach
  void empty() {
    database.empty();
  }

  @Override
  public Store open() {
    return JdbcStore.open(options().withSchemaMode(SchemaMode.VALIDATE));
  }

  @Override
  public TransferSource openSource() {
    return JdbcStore.openSource(options());
  }

  @Override
  public TransferTarget openTarget() {
    return JdbcStore.openTarget(options());
  }

  @AfterAll
  void close() {
    database.close();
  }
}
