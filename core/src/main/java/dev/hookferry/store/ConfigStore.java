package dev.hookferry.store;

import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;

/**
 * Storage of the configuration: its resources (sites with their settings, event types, endpoints,
 * API keys, a running master-key rotation) and its version, which is the number of changes so far.
 * A change writes only the resources that it touches. A node loads everything once at startup, and
 * reads only changes after that.
 *
 * <p>A store keeps each resource as one text in the format of {@link
 * dev.hookferry.store.config.ConfigText} and reads only its id and site, so new settings require no
 * change to stores. Implementations are thread-safe. Every method may block, and throws {@link
 * StoreException} if the store fails or contains a resource that this version of Hookferry cannot
 * read.
 */
public interface ConfigStore {
  /**
   * Reads the whole configuration; {@link Config#EMPTY} in a new store. The cost grows with the
   * size of the configuration.
   */
  Config load();

  /**
   * Returns the current configuration, as {@link #load} does, but reads only the changes since a
   * known one. The cost grows with the number of changes, unless there are so many that the store
   * does not keep them separately.
   *
   * @param known a configuration that this store returned, or the result of applying saved changes
   *     to one
   */
  Config refresh(Config known);

  /**
   * Applies changes atomically if the configuration is still at the expected version. The changes
   * are durable when this returns; the new configuration equals the result of {@link Config#after}.
   * Changes become visible in order: a reader of a version sees all earlier ones.
   *
   * @param changes the changes, in the order to apply them; each {@link ConfigChange.Note} among
   *     them is added to the {@link AuditLog} if and only if the others are applied
   * @param expected the version on which the changes are based
   * @return the new version, which is {@code expected + 1}; empty, with nothing changed, if another
   *     change came first
   */
  Optional<Long> save(List<ConfigChange> changes, long expected);

  /**
   * Returns the current version. This is a cheap query with which a node detects changes made by
   * other nodes.
   */
  long version();
}
