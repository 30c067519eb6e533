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
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.activity.ActivityKeeper;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A running server. It starts in this order: store (opened when it is built), engine, keys, HTTP;
 * and stops in this: engine (no new events, what is under way ends, the rest goes back to the
 * store), store, HTTP, which says meanwhile that it is not ready.
 */
public final class Server implements AutoCloseable {
  private final Hookferry hookferry;
  private final MetricsListener metrics;
  private final Console console;
  private final ActivityKeeper keeper;
  private final ListenConfig listen;
  private final HttpServerOptions options;
  private final StopWatcher stops;
  private @Nullable HttpServer http;
  private @Nullable String firstKey;

  @Inject
  Server(
      Hookferry hookferry,
      MetricsListener metrics,
      Console console,
      ActivityKeeper keeper,
      ListenConfig listen,
      HttpServerOptions options,
      StopWatcher stops) {
    this.hookferry = hookferry;
    this.metrics = metrics;
    this.console = console;
    this.keeper = keeper;
    this.listen = listen;
    this.options = options;
    this.stops = stops;
  }

  /**
   * Builds a server and starts it.
   *
   * @throws dev.hookferry.store.StoreException if the store cannot be opened
   * @throws java.io.UncheckedIOException if the address cannot be listened on
   * @throws dev.hookferry.refusal.InvalidException if a value fits nothing that is there
   */
  public static Server start(ServerConfig config) {
    return start(ServerModules.of(config));
  }

  /** The same; its console tells where each value comes from. */
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
    return start(ServerModules.of(loaded.config(), settings));
  }

  private static Server start(List<Module> modules) {
    // Else Guice makes classes through Unsafe, about which newer JDKs warn; reflection is enough.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    Injector injector = Guice.createInjector(modules);
    try {
      Server server = injector.getInstance(Server.class);
      server.start();
      return server;
    } catch (ProvisionException e) {
      // Guice's own text is about Guice; what failed is within.
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void start() {
    try {
      hookferry.start();
      keeper.start();
      firstKey = keys();
      http = HttpServer.start(hookferry, metrics, console, options);
      stops.watch(hookferry::isAlive);
    } catch (RuntimeException e) {
      try {
        close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** The configured admin key holds; without any key nobody could come in, so one is made. */
  private @Nullable String keys() {
    Keys keys = hookferry.webhooks().by(Actor.HOOKFERRY).keys();
    SecretText configured = listen.adminKey();
    if (configured != null) {
      keys.configureAdmin(configured.text());
    }
    return keys.isEmpty() ? keys.create("first", Set.of(Scope.ADMIN), null).text() : null;
  }

  /** Where the API is, and the console. */
  public URI address() {
    HttpServer running = http;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    String host = running.address().getAddress().getHostAddress();
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create(
        (listen.tls() == null ? "http://" : "https://")
            + shown
            + ":"
            + running.address().getPort());
  }

  /** The admin key that was made because there was none; to be shown once. */
  public Optional<String> firstKey() {
    return Optional.ofNullable(firstKey);
  }

  /** What is served. */
  public Hookferry hookferry() {
    return hookferry;
  }

  /** Completes with the reason if only a new start helps, such as after a failure of the disk. */
  public CompletableFuture<String> stopped() {
    return stops.stopped();
  }

  /** Stops; harmless to repeat. */
  @Override
  public void close() {
    stops.close();
    try {
      // What happens until the end counts, too.
      hookferry.drain();
      keeper.close();
      hookferry.close();
    } finally {
      HttpServer running = http;
      if (running != null) {
        running.close();
      }
    }
  }
}
