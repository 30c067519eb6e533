package dev.hookferry.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.store.transfer.SnapshotContract;
import dev.hookferry.contract.store.transfer.TransferSourceContract;
import dev.hookferry.contract.store.transfer.TransferTargetContract;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.StoreInTransferException;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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

  @Test
  void partlyFilledStoreHasNoSnapshot() {
    TransferOrigin origin;
    try (TransferSource source = store.snapshot()) {
      origin = source.origin();
    }
    openTarget().begin(new TransferMark(origin, TransferHistory.ALL, null));

    assertThatThrownBy(store::checkSnapshot).isInstanceOf(StoreInTransferException.class);
    assertThatThrownBy(store::snapshot).isInstanceOf(StoreInTransferException.class);
  }

  /** It has no lock, since whoever has it is in the same process. */
  @Override
  public boolean refusesWhileInUse() {
    return false;
  }
}
