package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.http.server.HttpServerOptions;
import dev.hookferry.http.server.TlsFiles;
import java.net.InetSocketAddress;

/** How the API is offered, and the server that offers it. */
final class HttpModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Server.class).in(Singleton.class);
  }

  /** Behind a proxy, everybody seems to come from this machine: metrics need a key there. */
  @Provides
  @Singleton
  HttpServerOptions options(ListenConfig config) {
    HttpServerOptions options =
        HttpServerOptions.on(new InetSocketAddress(config.address(), config.port()))
            .withBodyWithin(config.bodyTimeout())
            .withRates(config.rates());
    TlsFiles tls = config.tls();
    if (tls != null) {
      options = options.withTls(tls);
    }
    return config.behindProxy() ? options.withProxyInFront() : options;
  }
}
