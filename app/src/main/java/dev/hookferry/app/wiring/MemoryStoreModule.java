package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.Store;
import java.time.InstantSource;

/** Provides the memory store, limited to about half of the heap. */
final class MemoryStoreModule extends AbstractModule {
  private static final long SERVER = 96L << 20;

  @Provides
  @Singleton
  Store store(InstantSource clock, DeliveryConfig engine) {
    return new MemoryStore(clock, engine.ownerTimeout(), room(Runtime.getRuntime().maxMemory()));
  }

  /** Half of the heap that the server itself does not need, but at least an eighth of the heap. */
  private static long room(long heap) {
    return Math.max(heap / 8, (heap - SERVER) / 2);
  }
}
