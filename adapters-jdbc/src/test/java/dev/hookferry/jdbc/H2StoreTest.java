package dev.hookferry.jdbc;

import dev.hookferry.contract.store.DurableStoreContract;
import dev.hookferry.contract.store.NodeListContract;
import dev.hookferry.contract.store.StoreAgainstModelContract;
import dev.hookferry.contract.store.StoreContract;
import dev.hookferry.contract.store.TallyStoreContract;
import dev.hookferry.store.Store;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

final class H2StoreTest
    implements StoreContract,
        DurableStoreContract,
        TallyStoreContract,
        NodeListContract,
        StoreAgainstModelContract {
  private final AtomicInteger places = new AtomicInteger();
  @TempDir private Path folder;

  @Override
  public Store open() {
    return open(folder);
  }

  private static Store open(Path place) {
    return JdbcStore.open(JdbcStoreOptions.of(new H2File(place).url()));
  }

  @Override
  public Supplier<Store> newPlace() {
    Path place = folder.resolve("place-" + places.incrementAndGet());
    return () -> open(place);
  }

  @Override
  public boolean forgetsSingleEvents() {
    return true;
  }
}
