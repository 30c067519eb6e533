package dev.hookferry.store.transfer;

import dev.hookferry.store.StoreProvider;

/** A provider whose stores can be copied: read as a whole and filled from another store. */
public interface TransferProvider extends StoreProvider {
  /**
   * Opens the content of a store that no process is using.
   *
   * @throws dev.hookferry.refusal.ConflictException if a process is using the store
   * @throws dev.hookferry.store.StoreException if the store is not available or only partly filled
   */
  TransferSource openSource(Options options);

  /**
   * Opens an empty store, or one with an unfinished transfer, to be filled.
   *
   * @throws dev.hookferry.store.StoreException if the store is not available
   */
  TransferTarget openTarget(Options options);
}
