package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.transport.Transport;

/** Provides the outbound HTTP client. */
final class OutboundModule extends AbstractModule {
  @Provides
  @Singleton
  Transport transport(OutboundConfig config) {
    return new HttpTransport(config.options());
  }
}
