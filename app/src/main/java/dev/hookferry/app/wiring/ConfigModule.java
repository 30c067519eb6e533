package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import dev.hookferry.app.config.AlertsConfig;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.config.MetricsConfig;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.http.console.frame.ServerInfo;
import java.time.InstantSource;

/** Binds the parts of the configuration and the system clock. */
final class ConfigModule extends AbstractModule {
  private final ServerConfig config;
  private final ServerInfo info;

  ConfigModule(ServerConfig config, ServerInfo facts) {
    this.config = config;
    this.info = facts;
  }

  @Override
  protected void configure() {
    bind(InstantSource.class).toInstance(InstantSource.system());
    bind(ServerInfo.class).toInstance(info);
    bind(ListenConfig.class).toInstance(config.listen());
    bind(StoreConfig.class).toInstance(config.store());
    bind(OutboundConfig.class).toInstance(config.outbound());
    bind(DeliveryConfig.class).toInstance(config.engine());
    bind(MetricsConfig.class).toInstance(config.metrics());
    bind(AlertsConfig.class).toInstance(config.alerts());
  }
}
