package dev.hookferry.jdbc;

import dev.hookferry.contract.store.transfer.SnapshotContract;
import dev.hookferry.contract.store.transfer.TransferSourceContract;
import dev.hookferry.contract.store.transfer.TransferTargetContract;
import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class H2TransferTest
    implements TransferSourceContract, TransferTargetContract, SnapshotContract {
  @TempDir private Path folder;

  private JdbcStoreOptions options() {
    return JdbcStoreOptions.of(new H2File(folder).url());
  }

  @Override
  public Store open() {
    return JdbcStore.open(options());
  }

  @Override
  public TransferSource openSource() {
    return JdbcStore.openSource(options());
  }

  @Override
  public TransferTarget openTarget() {
    return JdbcStore.openTarget(options());
  }
}
