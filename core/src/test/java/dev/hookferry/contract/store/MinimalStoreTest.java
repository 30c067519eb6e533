package dev.hookferry.contract.store;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A store that has no optional ability passes the contract. */
class MinimalStoreTest implements StoreContract, DurableStoreContract, SharedStoreContract {
  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.START);
  private final Store store = open(Duration.ofMinutes(1));

  @Override
  public Store open() {
    return store;
  }

  @Override
  public Store open(Duration ownerTimeout) {
    return new Bare(new MemoryStore(now::get, ownerTimeout));
  }

  @Override
  public void letTimePass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  /** Only what the ports require, and that it is shared. */
  private record Bare(Store whole) implements Store {
    @Override
    public DeliveryStore deliveries() {
      return whole.deliveries();
    }

    @Override
    public AttemptLog log() {
      return whole.log();
    }

    @Override
    public ConfigStore config() {
      return whole.config();
    }

    @Override
    public AuditLog audit() {
      return whole.audit();
    }

    @Override
    public ReplayStore replays() {
      return whole.replays();
    }

    @Override
    public StoreInfo info() {
      return new StoreInfo("bare", "", null, List.of());
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
