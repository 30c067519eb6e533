package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.hookferry.app.config.MetricsConfig;
import dev.hookferry.app.logging.LoggingListener;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.observe.Listener;
import java.time.InstantSource;
import java.util.Set;

/**
 * Provides the listeners: the log, the metrics, the console, and the watchdog that ends the
 * process.
 */
final class ListenerModule extends AbstractModule {
  @Provides
  @Singleton
  MetricsListener metrics(MetricsConfig config, InstantSource clock) {
    return new MetricsListener(Set.copyOf(config.endpoints()), config.busiest(), clock);
  }

  @Provides
  @Singleton
  Activity activity() {
    return new Activity();
  }

  @Provides
  @Singleton
  StopWatcher stops() {
    return new StopWatcher();
  }

  @Provides
  @Singleton
  Listener all(InstantSource clock, MetricsListener metrics, Activity activity, StopWatcher stops) {
    return Listener.all(new LoggingListener(clock), metrics, activity, stops);
  }
}
