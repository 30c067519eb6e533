package dev.hookferry.store;

import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;

/**
 * Stores the configuration: its resources (sites with their settings, event types, endpoints, API
 * keys, a running master-key rotation) and a version, the number of changes so far. A change writes
 * only the resources that it touches. A node loads everything once, when it starts; from then on it
 * reads only changes.
 *
 * <p>A store keeps a resource as one text of {@link dev.hookferry.store.config.ConfigText} and
 * reads only its id and site, so a new setting changes no store. Implementations are thread-safe;
 * every method may block, and throws {@link StoreException} if the store fails or has a resource
 * that this version of Hookferry cannot read.
 */
public interface ConfigStore {
  /**
   * Reads everything; {@link Config#EMPTY} in a new store. Its cost grows with the size of the
   * configuration.
   */
  Config load();

  /**
   * Returns the current configuration, reading only the changes since a known one. Equal to what
   * {@link #load} returns. The cost grows with the number of changes, unless there are so many that
   * the store no longer keeps them apart.
   *
   * @param known a configuration that this store returned, or that follows from one by changes that
   *     it saved
   */
  Config refresh(Config known);

  /**
   * Applies changes atomically if the configuration is still at the expected version. Durable when
   * it returns; the result is what {@link Config#after} returns. Changes become visible in order: a
   * reader of a version sees every earlier one.
   *
   * @param changes in this order; each {@link ConfigChange.Note} among them is in the {@link
   *     AuditLog} if and only if the others are applied
   * @param expected the version that the changes were planned for
   * @return the new version, which is {@code expected + 1}; empty, with nothing changed, if another
   *     change came first
   */
  Optional<Long> save(List<ConfigChange> changes, long expected);

  /** Returns the current version: a cheap query by which a node detects the changes of others. */
  long version();
}
