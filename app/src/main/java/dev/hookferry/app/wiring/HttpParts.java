package dev.hookferry.app.wiring;

import dev.hookferry.Hookferry;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;

/**
 * The parts that the HTTP server is assembled from.
 *
 * @param metrics the source of {@code /metrics}
 * @param console the console
 * @param options its options
 */
record HttpParts(MetricsListener metrics, Console console, HttpServerOptions options) {
  /**
   * Starts the server.
   *
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  HttpServer start(Hookferry hookferry) {
    return HttpServer.start(hookferry, metrics, console, options);
  }
}
