package dev.hookferry.memory;

import dev.hookferry.port.AttemptLog;
import dev.hookferry.port.AuditLog;
import dev.hookferry.port.ConfigStore;
import dev.hookferry.port.DeliveryStore;
import dev.hookferry.port.ReplayStore;
import dev.hookferry.port.Store;
import dev.hookferry.port.StoreFacts;
import dev.hookferry.port.TallyStore;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A store in memory: for tests, and for products that can lose their events. Thread-safe. Several
 * nodes of one process can share an instance as they would share a database; closing it does
 * nothing, so that none of them closes it for the others.
 *
 * <p>It grows until {@link AttemptLog#forget} is called, unless it is given a size. Being small, it
 * is also the model that the contract tests compare other stores with.
 */
public final class MemoryStore implements Store {
  private final Tables tables = new Tables();
  private final Owners owners;
  private final DeliveryStore deliveries;
  private final AttemptLog log;
  private final AuditLog audit = new MemoryAudit();
  private final ConfigStore config = new MemoryConfig(audit);
  private final ReplayStore replays = new MemoryReplays();
  private final TallyStore tallies = new MemoryTallies();

  /**
   * An empty store.
   *
   * @param clock the store's time
   * @param ownerTimeout how long an owner may be silent before a heartbeat of another gives it up
   */
  public MemoryStore(InstantSource clock, Duration ownerTimeout) {
    this(clock, ownerTimeout, Long.MAX_VALUE);
  }

  /**
   * An empty store of bounded size: beyond it, the oldest finished events are forgotten, and if
   * there are none, new events are refused with {@link dev.hookferry.port.NoRoomException}.
   *
   * @param clock the store's time
   * @param ownerTimeout how long an owner may be silent before a heartbeat of another gives it up
   * @param mostBytes how much memory events, deliveries and attempts may take, by an estimate
   */
  public MemoryStore(InstantSource clock, Duration ownerTimeout, long mostBytes) {
    owners = new Owners(clock, ownerTimeout);
    Forgetting forgetting = new Forgetting(tables, mostBytes);
    deliveries = new MemoryDeliveries(tables, owners, forgetting);
    log = new MemoryLog(tables, forgetting);
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public AttemptLog log() {
    return log;
  }

  @Override
  public ConfigStore config() {
    return config;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public ReplayStore replays() {
    return replays;
  }

  @Override
  public TallyStore tallies() {
    return tallies;
  }

  @Override
  public StoreFacts facts() {
    synchronized (tables) {
      return new StoreFacts("memory: nothing outlives the process", "", null, owners.alive());
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {}
}
