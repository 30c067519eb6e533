package dev.hookferry.file;

import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.NodeListContract;
import dev.hookferry.contract.store.SessionStoreContract;
import dev.hookferry.contract.store.StoreContract;
import dev.hookferry.contract.store.TallyStoreContract;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store with many small files, each written anew for the least that can be purged. */
class SmallSegmentsTest
    implements StoreContract,
        DurableStoreContract,
        TallyStoreContract,
        SessionStoreContract,
        NodeListContract {
  @TempDir Path directory;

  @Override
  public Store open() {
    return new Stores(directory).tiny();
  }
}
