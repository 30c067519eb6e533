package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.store.Store;

/** Provides the database store. */
final class JdbcStoreModule extends AbstractModule {
  private final InDatabase config;

  JdbcStoreModule(InDatabase config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Store store(DeliveryConfig engine) {
    return JdbcStore.open(config.options().withOwnerTimeout(engine.ownerTimeout()));
  }
}
