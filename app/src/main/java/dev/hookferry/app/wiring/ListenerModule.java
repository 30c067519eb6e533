package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.alerts.Alerts;
import dev.hookferry.app.config.AlertsConfig;
import dev.hookferry.app.config.MetricsConfig;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.logging.EngineLog;
import dev.hookferry.app.logging.LoggingListener;
import dev.hookferry.app.otel.Telemetry;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.observe.Listener;
import dev.hookferry.transport.Transport;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Provides the listeners: the log, the metrics, the console, traces, alerts, and the watchdog that
 * ends the process.
 */
final class ListenerModule extends AbstractModule {
  @Provides
  @Singleton
  MetricsListener metrics(MetricsConfig config, InstantSource clock) {
    return new MetricsListener(Set.copyOf(config.endpoints()), config.busiest(), clock);
  }

  @Provides
  @Singleton
  Observability observability(
      MetricsConfig config,
      AlertsConfig alerts,
      Transport transport,
      InstantSource clock,
      StoreConfig store) {
    Telemetry telemetry = new Telemetry(config.otel());
    LoggingListener log = new LoggingListener(clock, telemetry.tracing(), store.shown());
    return new Observability(new EngineLog(log), telemetry, new Alerts(alerts, transport, clock));
  }

  @Provides
  @Singleton
  Activity activity() {
    return new Activity();
  }

  @Provides
  @Singleton
  FatalStateWatchdog watchdog() {
    return new FatalStateWatchdog();
  }

  @Provides
  @Singleton
  Listener all(
      MetricsListener metrics,
      Activity activity,
      FatalStateWatchdog watchdog,
      Observability observability) {
    List<Listener> all = new ArrayList<>();
    all.add(observability.log().listener());
    all.addAll(List.of(metrics, activity, watchdog));
    all.addAll(observability.listeners());
    return Listener.all(all.toArray(Listener[]::new));
  }
}
