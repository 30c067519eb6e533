package dev.hookferry.app.logging;

import dev.hookferry.observe.Listener;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The log of an engine, with a thread that logs how many lines its rate limits have suppressed.
 * Close it after the engine.
 */
public final class EngineLog implements AutoCloseable {
  private static final long LOOK_SECONDS = 10;

  private final LoggingListener listener;
  private @Nullable ScheduledExecutorService timer;

  /** Creates a log without starting its thread. */
  public EngineLog(LoggingListener listener) {
    this.listener = listener;
  }

  /** Returns the listener that writes the log. */
  public Listener listener() {
    return listener;
  }

  /** Starts the thread. */
  public synchronized void start() {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "hookferry-log");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(
            listener::logSuppressed, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Stops the thread and logs how many lines were suppressed so far. Idempotent. */
  @Override
  public synchronized void close() {
    ScheduledExecutorService running = timer;
    timer = null;
    if (running != null) {
      running.shutdownNow();
    }
    listener.logAllLeftOut();
  }
}
