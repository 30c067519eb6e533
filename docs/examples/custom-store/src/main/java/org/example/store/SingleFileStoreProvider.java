package org.example.store;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreProvider;
import java.nio.file.Path;

/** Opens the store for a server whose setting {@code store} is {@code single-file:PATH}. */
public final class SingleFileStoreProvider implements StoreProvider {
  @Override
  public String scheme() {
    return "single-file";
  }

  @Override
  public Store open(Options options) {
    if (options.location().isEmpty()) {
      throw InvalidException.of("store", "must name a file, as in single-file:/data/hookferry");
    }
    return SingleFileStore.open(Path.of(options.location()), options.clock());
  }
}
