package dev.hookferry.contract.store.config;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A store that fails at one change of the configuration or audit log, before or after writing it.
 */
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
  public Optional<Long> save(List<ConfigChange> changes, long expected) {
    return breaking(() -> inner.config().save(changes, expected));
  }

  private synchronized <T> T breaking(Supplier<T> change) {
    boolean breaks = left == 0;
    left--;
    if (breaks && before) {
      throw new StoreException("broken before the change", new IllegalStateException());
    }
    T done = change.get();
    if (breaks) {
      throw new StoreException("broken after the change", new IllegalStateException());
    }
    return done;
  }

  @Override
  public Config load() {
    return inner.config().load();
  }

  @Override
  public Config refresh(Config known) {
    return inner.config().refresh(known);
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
    AuditLog kept = inner.audit();
    return new AuditLog() {
      @Override
      public void append(List<AuditEntry> entries) {
        boolean unused =
            breaking(
                () -> {
                  kept.append(entries);
                  return true;
                });
      }

      @Override
      public Page<AuditEntry> entries(AuditQuery query) {
        return kept.entries(query);
      }

      @Override
      public long purge(Instant earlier) {
        return kept.purge(earlier);
      }
    };
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
  public StoreInfo info() {
    return inner.info();
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
