package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.StoreConfig.InFiles;
import dev.hookferry.file.FileStore;
import dev.hookferry.store.Store;
import java.time.InstantSource;

/** Provides the file store. */
final class FileStoreModule extends AbstractModule {
  private final InFiles config;

  FileStoreModule(InFiles config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Store store(InstantSource clock) {
    return FileStore.open(config.directory(), clock);
  }
}
