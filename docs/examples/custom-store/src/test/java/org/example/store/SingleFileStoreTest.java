package org.example.store;

import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.StoreContract;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SingleFileStoreTest implements StoreContract, DurableStoreContract {
  @TempDir Path folder;

  @Override
  public Store open() {
    return SingleFileStore.open(folder.resolve("store"), InstantSource.system());
  }
}
