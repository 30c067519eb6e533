package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.StoreConfig.Custom;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreProvider;
import java.time.InstantSource;

/** Provides a store that a provider on the class path opens. */
final class CustomStoreModule extends AbstractModule {
  private final Custom config;

  CustomStoreModule(Custom config) {
    this.config = config;
  }

  @Provides
  @Singleton
  Store store(DeliveryConfig engine, InstantSource clock) {
    SecretText password = config.password();
    return config
        .provider()
        .open(
            new StoreProvider.Options(
                config.location(),
                config.user(),
                password == null ? null : password.text(),
                engine.ownerTimeout(),
                clock));
  }
}
