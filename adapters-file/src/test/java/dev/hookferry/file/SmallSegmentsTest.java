package dev.hookferry.file;

import dev.hookferry.contract.DurableStoreContract;
import dev.hookferry.contract.LiveNodesContract;
import dev.hookferry.contract.StoreContract;
import dev.hookferry.contract.TallyStoreContract;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The store with many small files, each written anew for the least that can be forgotten. */
class SmallSegmentsTest
    implements StoreContract, DurableStoreContract, TallyStoreContract, LiveNodesContract {
  @TempDir Path directory;

  @Override
  public Store open() {
    return new Stores(directory).tiny();
  }
}
