package dev.hookferry.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Executor that runs its tasks in virtual time. */
final class VirtualExecutor extends AbstractExecutorService implements ScheduledExecutorService {
  private final VirtualTime time;
  private final boolean mayWait;
  private final boolean isHeartbeat;
  private volatile boolean shutdown;

  /**
   * Creates an executor.
   *
   * @param mayWait whether its tasks may block on requests to the engine
   * @param isHeartbeat whether its tasks are heartbeats, which must not keep time from passing
   */
  VirtualExecutor(VirtualTime time, boolean mayWait, boolean isHeartbeat) {
    this.time = time;
    this.mayWait = mayWait;
    this.isHeartbeat = isHeartbeat;
  }

  @Override
  public void execute(Runnable command) {
    var unused = add(command, 0, null, TimeUnit.NANOSECONDS);
    time.settle();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(command, delay, null, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return add(command, initialDelay, Duration.of(delay, unit.toChronoUnit()), unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(command, initialDelay, period, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("no task of Hookferry has a result");
  }

  private ScheduledFuture<?> add(
      Runnable command, long delay, @Nullable Duration period, TimeUnit unit) {
    if (shutdown) {
      throw new RejectedExecutionException("was shut down");
    }
    VirtualTask task =
        new VirtualTask(
            time.instant().plus(Duration.of(delay, unit.toChronoUnit())),
            period,
            command,
            mayWait,
            () -> shutdown && (period != null || mayWait));
    task.isHeartbeat = isHeartbeat;
    time.add(task);
    return task;
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  /** Runs all tasks that are due, then returns true without waiting. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    time.settle();
    return true;
  }
}
