package dev.hookferry.store.transfer;

import dev.hookferry.store.Store;

/** A store whose content can be read while nodes use it, for backups. */
public interface SnapshotStore extends Store {
  /**
   * Returns the content of the store at this moment. It does not include commits that return later.
   * Deliveries that a process owns appear as pending. The caller must close the source. Blocks;
   * thread-safe.
   *
   * @throws dev.hookferry.refusal.ConflictException if the store contains data added by a newer
   *     version, which would be left out
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  TransferSource snapshot();

  /**
   * Checks that {@link #snapshot} would not be refused. Cheap; blocks; thread-safe.
   *
   * @throws dev.hookferry.refusal.ConflictException if {@link #snapshot} would be refused
   * @throws dev.hookferry.store.StoreException if the store fails
   */
  default void checkSnapshot() {}
}
