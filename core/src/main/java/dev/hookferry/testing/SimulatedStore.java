package dev.hookferry.testing;

import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.session.SessionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** An in-memory store used by a single node, so changes by others need not be detected. */
final class SimulatedStore implements Store {
  /** Owner timeout: longer than any simulation, because there is no other owner. */
  private static final Duration OWNER_TIMEOUT = Duration.ofDays(36_500);

  private final MemoryStore memory;

  SimulatedStore(InstantSource clock) {
    memory = new MemoryStore(clock, OWNER_TIMEOUT);
  }

  @Override
  public DeliveryStore deliveries() {
    return memory.deliveries();
  }

  @Override
  public AttemptLog log() {
    return memory.log();
  }

  @Override
  public ConfigStore config() {
    return memory.config();
  }

  @Override
  public InFlightJournal inFlightJournal() {
    return memory.inFlightJournal();
  }

  @Override
  public AuditLog audit() {
    return memory.audit();
  }

  @Override
  public ReplayStore replays() {
    return memory.replays();
  }

  @Override
  public TallyStore tallies() {
    return memory.tallies();
  }

  @Override
  public Optional<SessionStore> sessions() {
    return memory.sessions();
  }

  @Override
  public StoreInfo info() {
    return memory.info();
  }

  @Override
  public boolean hasRoom() {
    return memory.hasRoom();
  }

  @Override
  public Optional<Space> space() {
    return memory.space();
  }

  @Override
  public void close() {
    memory.close();
  }
}
