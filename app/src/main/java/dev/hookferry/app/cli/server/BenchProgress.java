package dev.hookferry.app.cli.server;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Prints the progress of a bench and, on a terminal, the elapsed and remaining time below it.
 * Thread-safe.
 */
final class BenchProgress implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final int LINE = 72;

  private final PrintWriter err;
  private final Duration expected;
  private final @Nullable ScheduledExecutorService ticking;
  private final long began = System.nanoTime();

  /**
   * Starts the display.
   *
   * @param onTerminal whether lines can be redrawn
   * @param expected the expected duration; zero if unknown
   */
  BenchProgress(PrintWriter err, boolean onTerminal, Duration expected) {
    this.err = err;
    this.expected = expected;
    ticking = onTerminal ? Executors.newSingleThreadScheduledExecutor(BenchProgress::thread) : null;
    if (ticking != null) {
      ScheduledFuture<?> unused = ticking.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "bench-progress");
    thread.setDaemon(true);
    return thread;
  }

  /** Prints a permanent line above the progress bar. */
  synchronized void line(String line) {
    clear();
    err.println(line);
    err.flush();
  }

  private synchronized void tick() {
    err.print("\r" + text(Duration.ofNanos(System.nanoTime() - began), expected));
    err.flush();
  }

  /** Returns the progress line for an elapsed time. */
  static String text(Duration spent, Duration expected) {
    if (expected.isZero()) {
      return spent.toSeconds() + " s   ";
    }
    double part = Math.min(1, spent.toMillis() / (double) expected.toMillis());
    int filled = (int) (part * WIDTH);
    long left = Math.max(0, expected.minus(spent).toSeconds());
    return "[%s%s] %d s, about %d s left   "
        .formatted("#".repeat(filled), "-".repeat(WIDTH - filled), spent.toSeconds(), left);
  }

  private void clear() {
    if (ticking != null) {
      err.print("\r" + " ".repeat(LINE) + "\r");
    }
  }

  /** Stops the display and erases the progress bar. */
  @Override
  public synchronized void close() {
    if (ticking != null) {
      ticking.shutdownNow();
      clear();
      err.flush();
    }
  }
}
