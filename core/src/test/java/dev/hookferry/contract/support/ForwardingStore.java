package dev.hookferry.contract.support;

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
import java.util.Optional;

/** Forwards every call to another store; tests override the calls that should fail. */
public class ForwardingStore implements Store {
  private final Store store;

  /** Creates a store that forwards to another one, and closes it when it is closed. */
  protected ForwardingStore(Store store) {
    this.store = store;
  }

  @Override
  public DeliveryStore deliveries() {
    return store.deliveries();
  }

  @Override
  public AttemptLog log() {
    return store.log();
  }

  @Override
  public ConfigStore config() {
    return store.config();
  }

  @Override
  public InFlightJournal inFlightJournal() {
    return store.inFlightJournal();
  }

  @Override
  public AuditLog audit() {
    return store.audit();
  }

  @Override
  public ReplayStore replays() {
    return store.replays();
  }

  @Override
  public TallyStore tallies() {
    return store.tallies();
  }

  @Override
  public Optional<SessionStore> sessions() {
    return store.sessions();
  }

  @Override
  public StoreInfo info() {
    return store.info();
  }

  @Override
  public int parallelCommits() {
    return store.parallelCommits();
  }

  @Override
  public boolean isShared() {
    return store.isShared();
  }

  @Override
  public boolean hasRoom() {
    return store.hasRoom();
  }

  @Override
  public Optional<Space> space() {
    return store.space();
  }

  @Override
  public void close() {
    store.close();
  }
}
