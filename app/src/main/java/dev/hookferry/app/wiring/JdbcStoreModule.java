package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
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
    JdbcStoreOptions options =
        JdbcStoreOptions.of(config.url()).withOwnerTimeout(engine.ownerTimeout());
    String user = config.user();
    SecretText password = config.password();
    return JdbcStore.open(
        user == null ? options : options.withUser(user, password == null ? null : password.text()));
  }
}
