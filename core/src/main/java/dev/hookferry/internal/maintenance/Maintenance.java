package dev.hookferry.internal.maintenance;

import dev.hookferry.audit.Actor;
import dev.hookferry.engine.runtime.NodeThreads;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.incident.DisablingWatch;
import dev.hookferry.internal.order.BlockedKeyWatch;
import dev.hookferry.internal.replay.ReplayWorker;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.OrphanedEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The background jobs of a node: replays, the watchdog, configuration refresh, retention and
 * others.
 */
public final class Maintenance {
  private static final Duration CONFIG_REFRESH_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PURGE = Duration.ofHours(1);
  private static final Duration LOOK_FOR_ORPHANS = Duration.ofMinutes(5);
  private static final Duration REPAIR = Duration.ofMinutes(5);
  private static final Duration REPLAY = Duration.ofSeconds(1);
  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_KEYS = Duration.ofMinutes(1);
  private static final Duration LOOK_AT_FAILING = Duration.ofMinutes(1);
  private static final Duration PURGE_SESSIONS = Duration.ofMinutes(1);
  private static final Duration SHARE_FAILURES = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration MAX_STEP = Duration.ofSeconds(5);

  private final CoreServices services;
  private final Runnable newMasterKeys;
  private final @Nullable Duration keep;
  private final @Nullable Duration keepAudit;
  private final BlockedKeyWatch keys;
  private final DisablingWatch failing;
  private final ScheduledExecutorService thread;

  /** A separate thread, because deleting the expired content of an old database may take hours. */
  private final ScheduledExecutorService retention;

  /** A separate thread, because a replay step may block on the store. */
  private final ScheduledExecutorService replays;

  /** A separate thread, because a stalled component may block any other. */
  private final ScheduledExecutorService watchdog;

  private long followed;
  private String stalled = "";

  /**
   * Time limits of the jobs.
   *
   * @param retention how long events are kept; null means forever
   * @param auditRetention how long the audit log is kept; null means forever
   * @param blockedKeyAlert how long a key may be blocked before it is reported
   * @param disableFailingAfter how long an endpoint may fail before it is disabled; null means
   *     forever
   */
  public record Limits(
      @Nullable Duration retention,
      @Nullable Duration auditRetention,
      Duration blockedKeyAlert,
      @Nullable Duration disableFailingAfter) {}

  /**
   * Creates the jobs of a node without starting them.
   *
   * @param newMasterKeys picks up master keys that other nodes have started to use
   */
  public Maintenance(
      CoreServices services, NodeThreads threads, Limits limits, Runnable newMasterKeys) {
    this.services = services;
    this.newMasterKeys = newMasterKeys;
    keep = limits.retention();
    keepAudit = limits.auditRetention();
    keys = new BlockedKeyWatch(services, limits.blockedKeyAlert());
    failing = new DisablingWatch(services.actingAs(Actor.HOOKFERRY), limits.disableFailingAfter());
    thread = threads.timer("maintenance");
    retention = threads.timer("retention");
    replays = threads.timer("replay");
    watchdog = threads.timer("watchdog");
  }

  public void start() {
    ReplayWorker worker = new ReplayWorker(services);
    var unused =
        replays.scheduleWithFixedDelay(
            guarded("step of a replay failed", worker::work),
            REPLAY.toMillis(),
            REPLAY.toMillis(),
            TimeUnit.MILLISECONDS);
    unused =
        watchdog.scheduleWithFixedDelay(
            guarded("watchdog failed", this::watch),
            WATCH.toMillis(),
            WATCH.toMillis(),
            TimeUnit.MILLISECONDS);
    if (services.store().isShared()) {
      every(
          CONFIG_REFRESH_INTERVAL,
          "reading configuration changes of other nodes failed",
          services.configHolder()::refresh);
      every(CONFIG_REFRESH_INTERVAL, "checking the secrets failed", this::followKeys);
    }
    Duration kept = keep;
    if (kept != null) {
      every(retention, PURGE, "deleting old events failed", () -> purge(kept));
    }
    Duration noted = keepAudit;
    if (noted != null) {
      every(retention, PURGE, "deleting old audit entries failed", () -> purgeAudit(noted));
    }
    every(PURGE_SESSIONS, "deleting ended sessions failed", this::purgeSessions);
    thread.execute(guarded("reading the failures of earlier runs failed", this::loadFailures));
    every(SHARE_FAILURES, "sharing the failures of endpoints failed", this::shareFailures);
    every(LOOK_AT_KEYS, "looking for blocked keys failed", keys::look);
    every(LOOK_AT_FAILING, "disabling failing endpoints failed", failing::look);
    atOnceAndEvery(LOOK_FOR_ORPHANS, "cancelling orphaned deliveries failed", this::cancelOrphans);
    atOnceAndEvery(REPAIR, "repairing the store failed", services.store().deliveries()::repair);
  }

  /** Stops the jobs. Running steps get 5 seconds to end, as an interrupt disturbs some stores. */
  public void stop() {
    List<ScheduledExecutorService> all = List.of(thread, retention, replays, watchdog);
    all.forEach(ScheduledExecutorService::shutdown);
    long end = System.nanoTime() + MAX_STEP.toNanos();
    for (ScheduledExecutorService one : all) {
      try {
        boolean unused = one.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      one.shutdownNow();
    }
  }

  private void loadFailures() {
    services
        .process()
        .history()
        .failures()
        .load(services.store().tallies(), services.clock().instant());
  }

  private void shareFailures() {
    services
        .process()
        .history()
        .failures()
        .share(services.store().tallies(), services.clock().instant());
  }

  /** Shares the last failures; call it once the engine has stopped. */
  public void finish() {
    guarded("sharing the failures of endpoints failed", this::shareFailures).run();
  }

  private void followKeys() {
    long version = services.configHolder().config().version();
    if (version != followed) {
      followed = version;
      newMasterKeys.run();
    }
  }

  /** Reports each stall once, in case nobody polls the health check. */
  private void watch() {
    services.runtime().addThreadIfStalled();
    String now = services.runtime().stalledReason().orElse("");
    if (!now.isEmpty() && !now.equals(stalled)) {
      services.runtime().fault("Hookferry has stalled: restart it", new IllegalStateException(now));
    }
    stalled = now;
  }

  private void purge(Duration kept) {
    long unused = services.store().log().purge(services.clock().instant().minus(kept));
  }

  private void purgeAudit(Duration kept) {
    long unused = services.store().audit().purge(services.clock().instant().minus(kept));
  }

  private void purgeSessions() {
    int unused = services.process().sessions().purge();
  }

  /**
   * Cancels deliveries left behind when this or another node crashed after removing an endpoint or
   * site but before cancelling its deliveries.
   */
  private void cancelOrphans() {
    DeliveryStore deliveries = services.store().deliveries();
    List<OrphanedEndpoint> orphans =
        deliveries.orphanedEndpoints(services.configHolder().config().endpoints().keySet());
    if (orphans.isEmpty()) {
      return;
    }
    // The latest configuration shows whether an endpoint was removed.
    services.configHolder().refresh();
    services.runtime().orphaned(orphans);
  }

  private void every(Duration period, String failure, Runnable action) {
    every(thread, period, failure, action);
  }

  private void every(
      ScheduledExecutorService timer, Duration period, String failure, Runnable action) {
    var unused =
        timer.scheduleWithFixedDelay(
            guarded(failure, action),
            Math.min(period.toMillis(), SOON.toMillis()),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void atOnceAndEvery(Duration period, String failure, Runnable action) {
    thread.execute(guarded(failure, action));
    every(period, failure, action);
  }

  private Runnable guarded(String failure, Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        services.runtime().fault(failure, e);
      }
    };
  }
}
