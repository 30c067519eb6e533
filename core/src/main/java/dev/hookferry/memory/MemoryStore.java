package dev.hookferry.memory;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.FailureDetector;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.session.SessionStore;
import dev.hookferry.store.transfer.SnapshotStore;
import dev.hookferry.store.transfer.StoreInTransferException;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * In-memory store, for tests and for products that can lose their events. Thread-safe. Several
 * nodes of one process can share an instance as they would share a database; closing it has no
 * effect, so no node closes it for the others.
 *
 * <p>It grows until {@link AttemptLog#purge} is called, unless it has a size limit. Being small, it
 * also serves as the model with which the contract tests compare other stores.
 */
public final class MemoryStore implements SnapshotStore {
  private final Tables tables = new Tables();
  private final MemoryOwners owners;
  private final MemoryDeliveries deliveries;
  private final AttemptLog log;
  private final MemoryAudit audit = new MemoryAudit();
  private final MemoryConfig config = new MemoryConfig(audit);
  private final MemoryReplays replays = new MemoryReplays();
  private final MemoryTallies tallies = new MemoryTallies();
  private final SessionStore sessions = SessionStore.inMemory();

  /** Creates an empty store with the system clock and an owner timeout of 12 seconds. */
  public MemoryStore() {
    this(InstantSource.system(), Duration.ofSeconds(12));
  }

  /**
   * Creates an empty store.
   *
   * @param clock the store's time
   * @param ownerTimeout how long an owner may send no heartbeat before another owner's heartbeat
   *     declares it dead
   * @throws dev.hookferry.refusal.InvalidException if the timeout is zero, negative or longer than
   *     36,500 days
   */
  public MemoryStore(InstantSource clock, Duration ownerTimeout) {
    this(clock, ownerTimeout, Long.MAX_VALUE);
  }

  /**
   * Creates an empty store of bounded size: beyond it, the oldest finished events are evicted. If
   * there are none, the oldest attempts of unfinished events are evicted until the attempts take a
   * tenth of the size, and then new events are refused with {@link
   * dev.hookferry.store.StoreFullException}.
   *
   * @param clock the store's time
   * @param ownerTimeout how long an owner may send no heartbeat before another owner's heartbeat
   *     declares it dead
   * @param maxBytes estimated memory, in bytes, that events, deliveries and attempts may use
   * @throws dev.hookferry.refusal.InvalidException as {@link #MemoryStore(InstantSource, Duration)}
   */
  public MemoryStore(InstantSource clock, Duration ownerTimeout, long maxBytes) {
    this(
        clock,
        new FailureDetector(
            Objects.requireNonNull(ownerTimeout, "ownerTimeout"), () -> nanos(clock.instant())),
        maxBytes);
  }

  /**
   * Creates an empty store whose clock may be changed while nodes use it.
   *
   * @param clock the store's time
   * @param detector decides which silent owners a heartbeat declares dead
   */
  public MemoryStore(InstantSource clock, FailureDetector detector) {
    this(clock, detector, Long.MAX_VALUE);
  }

  private MemoryStore(InstantSource clock, FailureDetector detector, long maxBytes) {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(detector, "detector");
    owners = new MemoryOwners(clock, detector);
    MemoryEviction eviction = new MemoryEviction(tables, maxBytes);
    deliveries = new MemoryDeliveries(tables, owners, eviction, config);
    log = new MemoryLog(tables, eviction);
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public InFlightJournal inFlightJournal() {
    return new InFlightJournal() {
      @Override
      public int begin(DeliveryId delivery) {
        return -1;
      }

      @Override
      public void end(int note) {}

      @Override
      public boolean beginTrial(Owner owner, Delivery delivery, CrashSuspicion trial) {
        return deliveries.beginTrial(owner, delivery, trial);
      }
    };
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
  public Optional<SessionStore> sessions() {
    return Optional.of(sessions);
  }

  @Override
  public StoreInfo info() {
    synchronized (tables) {
      return new StoreInfo(
          "memory: everything is lost when the process ends", "", null, owners.alive());
    }
  }

  @Override
  public TransferSource snapshot() {
    synchronized (tables) {
      checkSnapshot();
      Config current = config.load();
      return new MemorySource(tables, others(current), current.version());
    }
  }

  @Override
  public void checkSnapshot() {
    synchronized (tables) {
      if (tables.transfer != null) {
        throw new StoreInTransferException("the store in memory", tables.transfer);
      }
    }
  }

  private List<TransferRecord> others(Config current) {
    List<TransferRecord> others = new ArrayList<>();
    ConfigEntry.all(current).forEach(entry -> others.add(new StoredConfig(entry)));
    replays.all().forEach(replay -> others.add(new StoredReplay(replay)));
    audit.all().forEach(entry -> others.add(new StoredAuditEntry(entry)));
    others.addAll(tallies.all());
    return others;
  }

  /** Returns a target that fills this store by a transfer; no node may use the store meanwhile. */
  public TransferTarget transferTarget() {
    return new MemoryTarget(tables, config, audit, replays, tallies);
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void close() {}
}
