package dev.hookferry.memory;

import dev.hookferry.contract.DurableStoreContract;
import dev.hookferry.contract.LiveNodesContract;
import dev.hookferry.contract.Samples;
import dev.hookferry.contract.SharedTrialContract;
import dev.hookferry.contract.StoreContract;
import dev.hookferry.contract.TallyStoreContract;
import dev.hookferry.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** "Durable" here means that closing it leaves everything to those who share it. */
class MemoryStoreTest
    implements StoreContract,
        DurableStoreContract,
        SharedTrialContract,
        TallyStoreContract,
        LiveNodesContract {
  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.START);
  private final Store store = open(Duration.ofMinutes(1));

  @Override
  public Store open() {
    return store;
  }

  @Override
  public Store open(Duration ownerTimeout) {
    return new MemoryStore(now::get, ownerTimeout);
  }

  @Override
  public void letTimePass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }
}
