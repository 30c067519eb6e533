package dev.hookferry.memory;

import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.NodeListContract;
import dev.hookferry.contract.store.SessionStoreContract;
import dev.hookferry.contract.store.SharedTrialContract;
import dev.hookferry.contract.store.StoreContract;
import dev.hookferry.contract.store.TallyStoreContract;
import dev.hookferry.contract.store.delivery.ExactPromotionContract;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** "Durable" here means that closing it leaves everything to those who share it. */
class MemoryStoreTest
    implements StoreContract,
        DurableStoreContract,
        SharedTrialContract,
        SessionStoreContract,
        TallyStoreContract,
        NodeListContract,
        ExactPromotionContract {
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
