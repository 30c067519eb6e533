package dev.hookferry.contract.store.transfer;

import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;

/** Provides sources and targets of the store under test. */
public interface TransferFixture {
  /** Opens the store. Within one test all methods open the same data; at first there is none. */
  Store open();

  /** Opens the content of the store, which no process has open. */
  TransferSource openSource();

  /** Opens the store to be filled. */
  TransferTarget openTarget();
}
