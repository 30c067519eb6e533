package dev.hookferry.engine.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real threads; all are daemons except the engine's, which keeps the process alive. */
public final class PlatformThreads implements NodeThreads {
  private static final Duration MAX_END = Duration.ofSeconds(5);

  @Override
  public ExecutorService pool(String job, int size) {
    return Executors.newFixedThreadPool(size, new NamedThreadFactory(job));
  }

  @Override
  public ScheduledExecutorService timer(String job) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, new NamedThreadFactory(job));
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return timer;
  }

  @Override
  public EngineThread engine(EngineLoop loop) {
    Thread thread = new Thread(loop::run, "hookferry-engine");
    return new EngineThread() {
      @Override
      public void start() {
        thread.start();
      }

      /** No effect: the mailbox itself wakes the thread, and only if it sleeps. */
      @Override
      public void posted() {}

      @Override
      public boolean isAlive() {
        return thread.isAlive();
      }

      @Override
      public boolean await(CountDownLatch latch, Duration atMost) throws InterruptedException {
        return latch.await(TimeUnit.MILLISECONDS.convert(atMost), TimeUnit.MILLISECONDS);
      }

      @Override
      public void end() {
        thread.interrupt();
        try {
          thread.join(MAX_END.toMillis());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  @Override
  public void settle() {}
}
