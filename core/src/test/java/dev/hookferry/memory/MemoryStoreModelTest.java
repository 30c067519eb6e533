package dev.hookferry.memory;

import dev.hookferry.contract.store.StoreAgainstModelContract;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.store.Store;
import java.time.Duration;
import java.util.function.Supplier;

/** The model against itself: shows that the walks ask for nothing that a store may choose. */
class MemoryStoreModelTest implements StoreAgainstModelContract {
  @Override
  public Supplier<Store> newPlace() {
    Store store = new MemoryStore(() -> Samples.START, Duration.ofDays(1));
    return () -> store;
  }
}
