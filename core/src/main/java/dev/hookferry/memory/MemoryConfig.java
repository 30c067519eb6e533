package dev.hookferry.memory;

import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;

/** The configuration in memory. */
final class MemoryConfig implements ConfigStore {
  private final AuditLog audit;
  private Config current = Config.EMPTY;

  MemoryConfig(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public synchronized Config load() {
    return current;
  }

  @Override
  public synchronized Optional<Long> save(List<ConfigChange> changes, long expected) {
    if (current.version() != expected) {
      return Optional.empty();
    }
    current = current.after(changes);
    audit.append(ConfigChange.notes(changes));
    return Optional.of(current.version());
  }

  @Override
  public synchronized long version() {
    return current.version();
  }
}
