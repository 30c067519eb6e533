package dev.hookferry.app.wiring;

import dev.hookferry.Hookferry;
import dev.hookferry.app.alerts.Alerts;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.logging.EngineLog;
import dev.hookferry.app.otel.Telemetry;
import dev.hookferry.http.HttpServer;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.Listener;
import dev.hookferry.store.Store;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * This node's observability outputs: the log, the export of traces and metrics, and the alerts.
 *
 * @param log the engine's log
 * @param telemetry the export of traces and metrics
 * @param alerts the alerts
 */
record Observability(EngineLog log, Telemetry telemetry, Alerts alerts) implements AutoCloseable {
  AttemptTracing tracing() {
    return telemetry.tracing();
  }

  /** Returns the listeners other than the log. */
  List<Listener> listeners() {
    return Stream.of(telemetry.listener(), alerts.listener()).flatMap(Optional::stream).toList();
  }

  void start(Hookferry hookferry, HttpServer http, Store store, DeliveryConfig config) {
    log.start();
    telemetry.start(http::metrics);
    alerts.start(hookferry, config.node(), store, new SecureRandom());
  }

  @Override
  public void close() {
    alerts.close();
    telemetry.close();
    log.close();
  }
}
