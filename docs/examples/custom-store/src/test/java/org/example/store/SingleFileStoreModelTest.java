package org.example.store;

import dev.hookferry.contract.store.StoreAgainstModelContract;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

class SingleFileStoreModelTest implements StoreAgainstModelContract {
  @TempDir Path folder;

  private int places;

  @Override
  public Supplier<Store> newPlace() {
    Path file = folder.resolve("store-" + ++places);
    return () -> SingleFileStore.open(file, InstantSource.system());
  }
}
