package dev.hookferry.file;

import dev.hookferry.contract.store.transfer.SnapshotContract;
import dev.hookferry.contract.store.transfer.TransferSourceContract;
import dev.hookferry.contract.store.transfer.TransferTargetContract;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Moving the content of a store as it is used. */
class FileTransferTest implements TransferSourceContract, TransferTargetContract, SnapshotContract {
  @TempDir Path directory;

  @Override
  public Store open() {
    return FileStore.open(directory.resolve("store"), () -> Samples.START);
  }

  @Override
  public TransferSource openSource() {
    return FileStore.openSource(directory.resolve("store"));
  }

  @Override
  public TransferTarget openTarget() {
    return FileStore.openTarget(
        directory.resolve("store"), FileStoreOptions.DEFAULT, () -> Samples.START);
  }
}
