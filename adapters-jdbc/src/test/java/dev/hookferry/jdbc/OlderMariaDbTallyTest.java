package dev.hookferry.jdbc;

import dev.hookferry.contract.store.TallyStoreContract;
import dev.hookferry.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Whether a tally has a row already is asked of a server that does not count in bulk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OlderMariaDbTallyTest implements TallyStoreContract {
  private final TestDatabase database = MariaDb.withoutBulkCounts();

  OlderMariaDbTallyTest() {
    open().close();
  }

  @BeforeEach
  void empty() {
    database.empty();
  }

  @Override
  public Store open() {
    return JdbcStore.open(JdbcStoreOptions.of(database.url()).withPoolSize(2));
  }

  @AfterAll
  void close() {
    database.close();
  }
}
