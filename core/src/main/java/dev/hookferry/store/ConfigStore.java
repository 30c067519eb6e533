package dev.hookferry.store;

import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;

/**
 * Where the configuration lives. Small, read whole, changed rarely. Implementations are
 * thread-safe; every method may block, and throws {@link StoreException} if the store fails.
 */
public interface ConfigStore {
  /** The configuration as it is now; {@link Config#EMPTY} in a new store. */
  Config load();

  /**
   * Applies changes together, if the configuration is still at the expected version. Durable when
   * it returns; the result is what {@link Config#after} gives.
   *
   * @param changes in this order; each {@link ConfigChange.Note} among them is in the {@link
   *     AuditLog} exactly if the others are made
   * @param expected the version that the changes were made for
   * @return the new version, which is {@code expected + 1}; or nothing, and nothing changed, if
   *     another change came first
   */
  Optional<Long> save(List<ConfigChange> changes, long expected);

  /** The present version: a cheap look, by which a node notices the changes of others. */
  long version();
}
