package dev.hookferry.app.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import dev.hookferry.Hookferry;
import dev.hookferry.Keys;
import dev.hookferry.access.Scope;
import dev.hookferry.app.config.ListenConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.reading.ConfigKeys;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.audit.Actor;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.console.activity.ActivityKeeper;
import dev.hookferry.http.console.frame.ServerInfo;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A running server. Starts in this order: store (opened when built), engine, keys, HTTP, relays.
 * Stops in this order: relays, engine (no new events, in-flight requests finish, the rest returns
 * to the store), store, HTTP, which reports "not ready" in the meantime.
 */
public final class Server implements AutoCloseable {
  private final Hookferry hookferry;
  private final ActivityKeeper keeper;
  private final ListenConfig listen;
  private final HttpParts parts;
  private final OutboxRelays relays;
  private final FatalStateWatchdog watchdog;
  private final Observability observability;
  private @Nullable HttpServer http;
  private @Nullable String firstKey;

  @Inject
  Server(
      Hookferry hookferry,
      ActivityKeeper keeper,
      ListenConfig listen,
      HttpParts parts,
      OutboxRelays relays,
      FatalStateWatchdog watchdog,
      Observability observability) {
    this.hookferry = hookferry;
    this.keeper = keeper;
    this.listen = listen;
    this.parts = parts;
    this.relays = relays;
    this.watchdog = watchdog;
    this.observability = observability;
  }

  /**
   * Builds a server and starts it.
   *
   * @throws dev.hookferry.store.StoreException if the store cannot be opened
   * @throws java.io.UncheckedIOException if the server cannot listen on its address
   * @throws dev.hookferry.refusal.InvalidException if a configured value is invalid
   */
  public static Server start(ServerConfig config) {
    requirePorts(config.listen());
    return start(ServerModules.of(config));
  }

  /** Builds a server and starts it; its console shows the origin of each configuration value. */
  public static Server start(LoadedConfig loaded) {
    List<ServerInfo.Setting> settings =
        ConfigKeys.ALL.stream()
            .map(
                key ->
                    new ServerInfo.Setting(
                        key.name(),
                        loaded.effective().shown(key),
                        loaded.effective().origin(key).toString()))
            .toList();
    requirePorts(loaded.config().listen());
    return start(ServerModules.of(loaded.config(), settings));
  }

  /** Fails before a new store and its master key are created, which would be left behind. */
  private static void requirePorts(ListenConfig listen) {
    FreePort.require(new InetSocketAddress(listen.address(), listen.port()), "--port");
    InetSocketAddress portal = listen.portal().listen();
    if (portal != null) {
      FreePort.require(portal, "--portal-listen");
    }
  }

  private static Server start(List<Module> modules) {
    // Otherwise Guice defines classes through Unsafe, which newer JDKs warn about.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    Injector injector = Guice.createInjector(modules);
    try {
      Server server = injector.getInstance(Server.class);
      server.start();
      return server;
    } catch (ProvisionException e) {
      // Guice's own message is about injection; the cause describes the failure.
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void start() {
    try {
      hookferry.start();
      keeper.start();
      firstKey = keys();
      http = parts.start(hookferry);
      observability.start(hookferry, http, parts.store(), parts.delivery());
      relays.start(hookferry.webhooks());
      watchdog.watch(hookferry::isAlive);
    } catch (RuntimeException e) {
      try {
        close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Applies the configured admin key; creates one if there is no key at all. */
  private @Nullable String keys() {
    Keys keys = hookferry.webhooks().actingAs(Actor.HOOKFERRY).keys();
    SecretText configured = listen.adminKey();
    if (configured != null) {
      keys.configureAdmin(configured.text());
    }
    return keys.isEmpty() ? keys.create("first", Set.of(Scope.ADMIN), null).text() : null;
  }

  /** Returns the address of the API and the console. */
  public URI address() {
    return url(running().address());
  }

  /** Returns the address of the customers' portal. */
  public URI portalAddress() {
    return url(running().portalAddress());
  }

  private HttpServer running() {
    HttpServer running = http;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }

  private URI url(InetSocketAddress place) {
    String host = place.getAddress().getHostAddress();
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    String scheme = listen.tls() == null ? "http" : "https";
    return URI.create(scheme + "://" + shown + ":" + place.getPort());
  }

  /** Returns the admin key created at startup because no key existed; to be shown once. */
  public Optional<String> firstKey() {
    return Optional.ofNullable(firstKey);
  }

  public Hookferry hookferry() {
    return hookferry;
  }

  /** Returns a future that completes with the reason, once the server needs a restart. */
  public CompletableFuture<String> stopped() {
    return watchdog.stopped();
  }

  /** Stops the server. Idempotent; blocks until in-flight requests finish or the grace ends. */
  @Override
  public void close() {
    watchdog.close();
    try {
      relays.close();
      // Only now, so that the keeper counts what happens while draining.
      hookferry.drain();
      keeper.close();
    } finally {
      closeAll();
    }
  }

  private void closeAll() {
    try {
      hookferry.close();
    } finally {
      observability.close();
      HttpServer running = http;
      if (running != null) {
        running.close();
      }
    }
  }
}
