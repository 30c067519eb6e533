package dev.hookferry;

import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.engine.runtime.NodeThreads;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.maintenance.Maintenance;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A purge takes as long as the database wants; a node follows the configuration in the meantime.
 */
final class SlowPurgeTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final CountDownLatch purging = new CountDownLatch(1);
  private final CountDownLatch purged = new CountDownLatch(1);
  private final AtomicInteger refreshed = new AtomicInteger();

  @Test
  void aNodeReadsTheChangesOfOthersWhileItPurges() throws InterruptedException {
    EndpointIncidents incidents = new EndpointIncidents(new PlatformThreads());
    CoreServices services =
        Hookferry.builder(
                slow(new MemoryStore(clock, Duration.ofHours(1))), new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .clock(clock)
            .services(incidents);
    services.configHolder().load();
    Duration hour = Duration.ofHours(1);
    Maintenance maintenance =
        new Maintenance(
            services,
            new HurriedThreads(),
            new Maintenance.Limits(hour, hour, hour, null),
            () -> {});
    maintenance.start();
    try {
      purging.await();
      int before = refreshed.get();
      Poll.until(() -> refreshed.get() > before + 1);
    } finally {
      purged.countDown();
      maintenance.stop();
      incidents.stop();
      services.blocking().shutdown();
    }
  }

  /** A store of several nodes whose purge waits for this test. */
  private Store slow(Store real) {
    return new ForwardingStore(real) {
      @Override
      public boolean isShared() {
        return true;
      }

      @Override
      public AttemptLog log() {
        return before(AttemptLog.class, super.log(), "purge", this::purge);
      }

      @Override
      public ConfigStore config() {
        return before(ConfigStore.class, super.config(), "refresh", refreshed::incrementAndGet);
      }

      private void purge() {
        purging.countDown();
        try {
          purged.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private static <T> T before(Class<T> port, T real, String called, Runnable first) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (method.getName().equals(called)) {
                first.run();
              }
              return method.invoke(real, arguments);
            }));
  }

  /** Whose second is a millisecond. */
  private static final class HurriedThreads implements NodeThreads {
    private final NodeThreads real = new PlatformThreads();

    @Override
    public ScheduledExecutorService timer(String job) {
      return new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(
            Runnable task, long first, long delay, TimeUnit unit) {
          return super.scheduleWithFixedDelay(
              task, unit.toSeconds(first), unit.toSeconds(delay), TimeUnit.MILLISECONDS);
        }
      };
    }

    @Override
    public ExecutorService pool(String job, int size) {
      return real.pool(job, size);
    }

    @Override
    public EngineThread engine(EngineLoop loop) {
      return real.engine(loop);
    }

    @Override
    public void settle() {
      real.settle();
    }
  }
}
