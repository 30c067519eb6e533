package dev.hookferry.file;

import dev.hookferry.contract.store.StoreAgainstModelContract;
import dev.hookferry.store.Store;
import java.util.function.Supplier;

/** Random walks, with maintenance at every step and rewritten files, on a disk in memory. */
class FileStoreWalkTest implements StoreAgainstModelContract {
  @Override
  public Supplier<Store> newPlace() {
    MemoryDisk disk = new MemoryDisk();
    return () -> Stores.open(disk, Stores.TINY);
  }
}
