package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.Store;
import java.time.InstantSource;

/** Keeps everything in memory, until half of it is full or the process ends. */
final class MemoryStoreModule extends AbstractModule {
  @Provides
  @Singleton
  Store store(InstantSource clock, DeliveryConfig engine) {
    long half = Runtime.getRuntime().maxMemory() / 2;
    return new MemoryStore(clock, engine.ownerTimeout(), half);
  }
}
