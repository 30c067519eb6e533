package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.Hookferry;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.config.PortalConfig;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.ConsoleOptions;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.ActivityKeeper;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.store.Store;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Provides the HTTP server, its options and the console. */
final class HttpModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Server.class).in(Singleton.class);
  }

  /** Returns the options. Behind a proxy, every caller seems local, so metrics require a key. */
  @Provides
  @Singleton
  HttpServerOptions options(ListenConfig config) {
    HttpServerOptions options =
        HttpServerOptions.on(new InetSocketAddress(config.address(), config.port()))
            .withBodyTimeout(config.bodyTimeout())
            .withRates(config.rates());
    TlsFiles tls = config.tls();
    if (tls != null) {
      options = options.withTls(tls);
    }
    if (config.behindProxy()) {
      options = options.withProxyInFront(config.userHeader());
    }
    return ofPortal(options, config.portal());
  }

  private static HttpServerOptions ofPortal(HttpServerOptions options, PortalConfig portal) {
    HttpServerOptions with = options;
    if (portal.listen() != null) {
      with = with.withPortalOn(portal.listen());
    }
    return portal.url() == null ? with : with.withPortalUrl(portal.url());
  }

  @Provides
  @Singleton
  HttpParts parts(
      MetricsListener metrics,
      Console console,
      HttpServerOptions options,
      Store store,
      DeliveryConfig delivery) {
    return new HttpParts(metrics, console, options, store, delivery);
  }

  @Provides
  @Singleton
  ActivityKeeper keeper(Store store, Activity activity, InstantSource clock) {
    return new ActivityKeeper(activity, store.tallies(), clock, new SecureRandom());
  }

  @Provides
  @Singleton
  Console console(
      Hookferry hookferry,
      ListenConfig config,
      Activity activity,
      InstantSource clock,
      ServerInfo facts) {
    return new Console(
        hookferry,
        new ConsoleOptions(clock, new SecureRandom(), activity, config.behindProxy(), facts));
  }
}
