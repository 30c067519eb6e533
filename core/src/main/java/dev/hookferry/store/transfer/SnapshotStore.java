package dev.hookferry.store.transfer;

import dev.hookferry.store.Store;

/** A store whose content can be read while nodes use it, for backups. */
public interface SnapshotStore extends Store {
  /**
   * Returns the content of the store as of this moment. Commits that return later are not in it.
   * Deliveries that a process owns are pending in it. The caller closes the source. Blocks;
   * thread-safe.
   *
   * @throws dev.hookferry.refusal.ConflictException if the store has data that a newer version
   *     added, which would be left out
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  TransferSource snapshot();

  /**
   * Checks that {@link #snapshot} would not be refused. Cheap; blocks; thread-safe.
   *
   * @throws dev.hookferry.refusal.ConflictException as {@link #snapshot} does
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  default void checkSnapshot() {}
}
