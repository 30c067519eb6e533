package dev.hookferry;

import dev.hookferry.audit.Actor;
import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.HealthView;
import dev.hookferry.internal.NodePages;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.maintenance.Maintenance;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Load;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.session.PageAccess;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Hookferry instance, for embedding products and for the standalone server. Created by {@link
 * #builder}, started by {@link #start}, stopped by {@link #close}. Thread-safe.
 */
public final class Hookferry implements AutoCloseable {
  private final CoreServices services;
  private final Transport transport;
  private final Maintenance maintenance;
  private final EndpointIncidents incidents;
  private final Duration grace;
  private boolean started;
  private boolean running;
  private boolean drained;
  private boolean closed;

  /** Whether {@link #drain} was interrupted before it waited for in-flight requests. */
  private boolean isInterrupted;

  Hookferry(HookferryBuilder builder) {
    incidents = new EndpointIncidents(builder.threads());
    services = builder.services(incidents);
    transport = builder.transport();
    maintenance =
        new Maintenance(
            services, builder.threads(), builder.maintenance(), new MasterKeys(services)::refresh);
    grace = builder.drainTimeout();
  }

  /** Returns a builder; options not set have defaults. */
  public static HookferryBuilder builder(Store store, Transport transport) {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(transport, "transport");
    return new HookferryBuilder(store, transport);
  }

  /**
   * Starts the instance: loads the configuration and resumes the deliveries of earlier runs. If
   * that fails, closes it, and with it the transport and the store. Blocks.
   *
   * @return this
   * @throws IllegalStateException if it was started or closed already, or if another instance uses
   *     the store and it cannot be shared, see {@link Store#isShared}; nothing is closed then
   * @throws StoreException if the store is unavailable
   * @throws dev.hookferry.secret.MasterKeyException if a secret in the store cannot be opened,
   *     because requests must never be sent unsigned
   */
  public synchronized Hookferry start() {
    if (started || closed) {
      throw new IllegalStateException(
          (closed ? "closed" : "started") + " already; build another one");
    }
    services.configHolder().takeStore();
    started = true;
    try {
      begin();
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      throw e;
    }
    return this;
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  private void begin() {
    services.configHolder().load();
    webhooks().actingAs(Actor.HOOKFERRY).masterKeys().ready();
    webhooks().actingAs(Actor.HOOKFERRY).sites().ensureDefault();
    incidents.start(services);
    running = true;
    services.runtime().start();
    maintenance.start();
  }

  /** Returns the facade over all operations. */
  public Webhooks webhooks() {
    return new Webhooks(services);
  }

  /** Returns the current load of this node, at most a moment old. */
  public Load load() {
    return services.runtime().load();
  }

  /**
   * Returns the health of enabled endpoints whose last attempt failed, as this node sees it now.
   */
  public Map<EndpointId, EndpointHealth> unhealthyEndpoints() {
    Instant now = services.clock().instant();
    Map<EndpointId, EndpointHealth> unhealthy = new HashMap<>();
    services
        .runtime()
        .unhealthyEndpoints()
        .forEach((id, health) -> unhealthy.put(id, health.at(now)));
    return Map.copyOf(unhealthy);
  }

  /**
   * Returns how many endpoints are in each state, over all sites, as this node sees it now; states
   * without endpoints are absent. Takes time in proportion to the number of endpoints.
   */
  public Map<EndpointHealth.State, Integer> endpointCounts() {
    return HealthView.counts(services);
  }

  /** Returns reasons that prevent this node from delivering; see {@link Webhooks#condition}. */
  public NodeCondition condition() {
    return webhooks().condition();
  }

  /**
   * Returns the backlog of the whole store. Deliveries count as late only where sending could keep
   * up: not for endpoints that are held, were resumed within the last five minutes, or are slowed
   * by their last responses to this node or by their own rate. Blocks.
   */
  public Backlog backlog() {
    return services.backlog();
  }

  /** Returns information about the store. Blocks. */
  public StoreInfo storeInfo() {
    return services.store().info();
  }

  /**
   * Returns by how much the store's clock is ahead of this machine's, negative if it is behind;
   * empty if processes do not share the store, or before its first reply.
   */
  public Optional<Duration> storeClockAhead() {
    return services.storeClockAhead();
  }

  /** Returns the free space on the store's disk; empty if the store does not report it. */
  public Optional<Store.Space> storeSpace() {
    return services.store().space();
  }

  /**
   * Returns the part that only pages need, such as those of the console and the portal; a product
   * without pages of its own does not need it.
   */
  public PageAccess pages() {
    return new NodePages(services);
  }

  /** Returns whether the engine is running; if it is not, the process needs a restart. */
  public boolean isAlive() {
    return services.runtime().isAlive();
  }

  /**
   * Describes a component that has stalled and needs a restart; empty if all are making progress.
   */
  public Optional<String> stalledReason() {
    return services.runtime().stalledReason();
  }

  /** Returns whether events can be accepted: the store is available and no shutdown has begun. */
  public boolean isReady() {
    if (!isAlive() || services.runtime().isUnready() || !services.store().hasRoom()) {
      return false;
    }
    try {
      long unused = services.store().config().version();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /**
   * Stops accepting work, waits for in-flight requests up to the drain timeout, and returns queued
   * deliveries to the store. Afterwards the listener has been notified of everything, and the store
   * can still be used until {@link #close}. Blocks; idempotent. An interrupt during the call ends
   * the wait; an earlier one does not. Both stay set for the caller.
   */
  public synchronized void drain() {
    if (drained) {
      return;
    }
    drained = true;
    runAll(this::stopJobs, incidents::stop, this::stopRuntime, this::finish);
  }

  private void stopJobs() {
    maintenance.stop();
    isInterrupted = Thread.currentThread().isInterrupted();
  }

  private void stopRuntime() {
    if (running) {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
      services.runtime().stop(grace);
    }
  }

  private void finish() {
    if (running) {
      maintenance.finish();
    }
  }

  /**
   * Drains, then closes transport, signers and store, each even if another fails. Leaves the store
   * open if another instance holds it exclusively. Blocks; idempotent.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    runAll(
        this::drain,
        services.blocking()::shutdown,
        services.configHolder()::close,
        transport::close,
        services.process().signers()::close,
        services.configHolder()::closeStore);
  }

  /**
   * Runs all steps, then throws the exception of the first that failed. Interrupts are hidden from
   * later steps, since they disturb some stores.
   */
  private static void runAll(Runnable... steps) {
    Throwable failure = null;
    boolean isInterrupted = false;
    for (Runnable step : steps) {
      isInterrupted |= Thread.interrupted();
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
