package dev.hookferry.memory;

import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;

/** In-memory configuration store. */
final class MemoryConfig implements ConfigStore {
  private final AuditLog audit;
  private volatile Config current = Config.EMPTY;

  MemoryConfig(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public Config load() {
    return current;
  }

  @Override
  public Config refresh(Config known) {
    return current;
  }

  @Override
  public synchronized Optional<Long> save(List<ConfigChange> changes, long expected) {
    if (current.version() != expected) {
      return Optional.empty();
    }
    Config next = current.after(changes);
    audit.append(ConfigChange.notes(changes));
    current = next;
    return Optional.of(next.version());
  }

  /** Sets the version of an empty configuration. */
  synchronized void begin(long version) {
    current = current.after(List.of(), version);
  }

  /** Adds a resource without changing the version. */
  synchronized void add(ConfigChange change) {
    current = current.after(List.of(change), current.version());
  }

  @Override
  public long version() {
    return current.version();
  }
}
