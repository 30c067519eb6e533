package dev.hookferry.file;

import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.NodeListContract;
import dev.hookferry.contract.store.SessionStoreContract;
import dev.hookferry.contract.store.StoreContract;
import dev.hookferry.contract.store.TallyStoreContract;
import dev.hookferry.contract.store.delivery.ExactPromotionContract;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;

/** The store as it is used. */
class FileStoreTest
    implements StoreContract,
        DurableStoreContract,
        TallyStoreContract,
        SessionStoreContract,
        NodeListContract,
        ExactPromotionContract {
  @TempDir Path directory;

  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.START);

  @Override
  public Store open() {
    return FileStore.open(directory.resolve("store"), now::get);
  }

  @Override
  public void letTimePass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  @Override
  public boolean purgesSingleEvents() {
    return false;
  }
}
