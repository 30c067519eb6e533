package dev.hookferry.store;

import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the configuration: its resources (sites with their settings, endpoints, API keys, the
 * rotation of the master key while one is under way) and a version, the number of changes so far. A
 * change writes the resources that it touches and no others. A node loads everything once, when it
 * starts; from then on it reads what has changed.
 *
 * <p>Stores keep a resource as one text of {@link dev.hookferry.store.config.ConfigText} and look
 * at nothing in it but its id and site, so another setting changes no store. Implementations are
 * thread-safe; every method may block, and throws {@link StoreException} if the store fails or has
 * a resource that this version of Hookferry cannot read.
 */
public interface ConfigStore {
  /** Reads everything; {@link Config#EMPTY} in a new store. Costs as much as there is. */
  Config load();

  /**
   * Returns the present configuration, and reads only what was changed after another one. Equal to
   * what {@link #load} returns. Costs as much as the changes, unless there are so many that the
   * store no longer tells them apart.
   *
   * @param known a configuration that this store returned, or that follows from one by changes that
   *     it saved
   */
  Config refresh(Config known);

  /**
   * Makes changes together, if the configuration is still at the expected version. Durable when it
   * returns; the result is what {@link Config#after} gives. Changes never overtake each other: who
   * sees a version sees every earlier one.
   *
   * @param changes in this order; each {@link ConfigChange.Note} among them is in the {@link
   *     AuditLog} exactly if the others are made
   * @param expected the version that the changes were made for
   * @return the new version, which is {@code expected + 1}; or nothing, and nothing changed, if
   *     another change came first
   */
  Optional<Long> save(List<ConfigChange> changes, long expected);

  /** Returns the present version: a cheap look, by which a node notices the changes of others. */
  long version();
}
