package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.transport.Transport;

/** Provides the outbound HTTP client and its policy. */
final class OutboundModule extends AbstractModule {
  @Provides
  @Singleton
  OutboundPolicy policy(OutboundConfig config) {
    return config.policy();
  }

  @Provides
  @Singleton
  Transport transport(OutboundPolicy policy, OutboundConfig config) {
    return new HttpTransport(
        HttpTransportOptions.of(policy)
            .withMaxConnections(config.connections(), config.connectionsPerHost()));
  }
}
