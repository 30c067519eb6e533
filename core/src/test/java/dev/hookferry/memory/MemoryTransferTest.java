package dev.hookferry.memory;

import dev.hookferry.contract.store.transfer.SnapshotContract;
import dev.hookferry.contract.store.transfer.TransferSourceContract;
import dev.hookferry.contract.store.transfer.TransferTargetContract;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.time.Duration;

class MemoryTransferTest
    implements TransferSourceContract, TransferTargetContract, SnapshotContract {
  private final MemoryStore store = new MemoryStore(() -> Samples.START, Duration.ofMinutes(5));

  @Override
  public Store open() {
    return store;
  }

  @Override
  public TransferSource openSource() {
    return store.snapshot();
  }

  @Override
  public TransferTarget openTarget() {
    return store.transferTarget();
  }

  /** It has no lock, since whoever has it is in the same process. */
  @Override
  public boolean refusesWhileInUse() {
    return false;
  }
}
