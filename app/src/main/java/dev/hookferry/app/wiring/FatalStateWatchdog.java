package dev.hookferry.app.wiring;

import dev.hookferry.observe.Listener;
import dev.hookferry.store.StoreStoppedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Watchdog for conditions that need a restart: a store that stopped permanently, or a dead engine
 * thread. Thread-safe.
 */
final class FatalStateWatchdog implements Listener, AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final CompletableFuture<String> stopped = new CompletableFuture<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          action -> {
            Thread made = new Thread(action, "hookferry-watch");
            made.setDaemon(true);
            return made;
          });

  @Override
  public void fault(String what, Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof StoreStoppedException) {
        stopped.complete(String.valueOf(t.getMessage()));
      }
    }
  }

  /** Starts checking every second that the engine is alive. */
  void watch(BooleanSupplier alive) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> {
              if (!alive.getAsBoolean()) {
                stopped.complete("the engine's thread has ended");
              }
            },
            PERIOD.toMillis(),
            PERIOD.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Returns a future that completes with the reason once the server needs a restart. */
  CompletableFuture<String> stopped() {
    return stopped;
  }

  /** Stops watching, so that a deliberate stop of the server is not reported. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
