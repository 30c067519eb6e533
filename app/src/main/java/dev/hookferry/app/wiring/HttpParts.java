package dev.hookferry.app.wiring;

import dev.hookferry.Hookferry;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.store.Store;

/**
 * The parts that the HTTP server and the {@link Observability} of a node are assembled from.
 *
 * @param metrics the source of {@code /metrics}
 * @param console the console
 * @param options the HTTP server's options
 * @param store the store
 * @param delivery the delivery settings
 */
record HttpParts(
    MetricsListener metrics,
    Console console,
    HttpServerOptions options,
    Store store,
    DeliveryConfig delivery) {
  /**
   * Starts the server.
   *
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  HttpServer start(Hookferry hookferry) {
    return HttpServer.start(hookferry, metrics, console, options);
  }
}
