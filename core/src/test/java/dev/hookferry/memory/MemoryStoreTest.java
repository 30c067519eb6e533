package dev.hookferry.memory;

import dev.hookferry.contract.StoreContract;
import dev.hookferry.port.Store;
import java.time.Duration;
import java.time.InstantSource;

class MemoryStoreTest implements StoreContract {
  private final Store store = new MemoryStore(InstantSource.system(), Duration.ofMinutes(1));

  @Override
  public Store open() {
    return store;
  }
}
