package dev.hookferry.contract;

import dev.hookferry.port.AttemptLog;
import dev.hookferry.port.AuditLog;
import dev.hookferry.port.Config;
import dev.hookferry.port.ConfigChange;
import dev.hookferry.port.ConfigStore;
import dev.hookferry.port.DeliveryStore;
import dev.hookferry.port.ReplayStore;
import dev.hookferry.port.Store;
import dev.hookferry.port.StoreException;
import dev.hookferry.port.StoreFacts;
import dev.hookferry.port.TallyStore;
import java.util.List;
import java.util.Optional;

/** A store that fails at one change of the configuration, before it or after it. */
final class BreakingStore implements Store, ConfigStore {
  private final Store inner;
  private final boolean before;
  private int left = Integer.MAX_VALUE;

  /** Fails before the change has happened, or after that. */
  BreakingStore(Store inner, boolean before) {
    this.inner = inner;
    this.before = before;
  }

  /** So many changes go well from now on. */
  void breakAfter(int changes) {
    left = changes;
  }

  @Override
  public synchronized Optional<Long> save(List<ConfigChange> changes, long expected) {
    boolean breaks = left == 0;
    left--;
    if (breaks && before) {
      throw new StoreException("broken before the change", new IllegalStateException());
    }
    Optional<Long> saved = inner.config().save(changes, expected);
    if (breaks) {
      throw new StoreException("broken after the change", new IllegalStateException());
    }
    return saved;
  }

  @Override
  public Config load() {
    return inner.config().load();
  }

  @Override
  public long version() {
    return inner.config().version();
  }

  @Override
  public ConfigStore config() {
    return this;
  }

  @Override
  public AuditLog audit() {
    return inner.audit();
  }

  @Override
  public ReplayStore replays() {
    return inner.replays();
  }

  @Override
  public TallyStore tallies() {
    return inner.tallies();
  }

  @Override
  public StoreFacts facts() {
    return inner.facts();
  }

  @Override
  public DeliveryStore deliveries() {
    return inner.deliveries();
  }

  @Override
  public AttemptLog log() {
    return inner.log();
  }

  @Override
  public void close() {
    inner.close();
  }
}
