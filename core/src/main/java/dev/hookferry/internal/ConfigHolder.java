package dev.hookferry.internal;

import dev.hookferry.access.ApiKey;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.site.Site;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds this node's copy of the configuration; all changes go through it. Thread-safe. */
public final class ConfigHolder {
  private static final int TRIES = 20;

  private final ConfigStore store;
  private final boolean shared;
  private final Consumer<Config> whenChanged;
  private final @Nullable String deliveryOff;
  private final Object refreshLock = new Object();
  private final ExecutorService refreshExecutor;
  private final ExclusiveUse use;
  private volatile Config config = Config.EMPTY;
  private volatile boolean loaded;

  /** The configuration last passed to {@link #whenChanged}. */
  private Config working = Config.EMPTY;

  /** The refresh that starts after the running one. */
  private @Nullable CompletableFuture<Config> next;

  /**
   * Creates a holder of the empty configuration.
   *
   * @param whenChanged receives every configuration in order, before any other code sees it; all
   *     endpoints are paused in it if this node does not deliver
   * @param deliveryOff the reason why this node does not deliver, or null if it does
   * @param refreshExecutor reads the store, one read at a time
   */
  public ConfigHolder(
      Store store,
      Consumer<Config> whenChanged,
      @Nullable String deliveryOff,
      ExecutorService refreshExecutor) {
    this.refreshExecutor = refreshExecutor;
    this.store = store.config();
    use = new ExclusiveUse(store);
    this.shared = store.isShared();
    this.whenChanged = whenChanged;
    this.deliveryOff = deliveryOff;
  }

  /** Returns the reason why this node does not deliver, or null if it does. */
  public @Nullable String deliveryOff() {
    return deliveryOff;
  }

  /** Throws a {@link ConflictException} if this node does not deliver. */
  public void requireDelivery() {
    if (deliveryOff != null) {
      throw new ConflictException("delivery is off on this node: " + deliveryOff);
    }
  }

  /**
   * Returns the current configuration.
   *
   * @throws NotStartedException if no configuration has been loaded yet
   */
  public Config config() {
    if (!loaded) {
      throw new NotStartedException();
    }
    return config;
  }

  public Site site(SiteId site) {
    return site(config(), site);
  }

  public static Site site(Config config, SiteId site) {
    Site current = config.sites().get(Objects.requireNonNull(site, "site"));
    if (current == null) {
      throw new NotFoundException("site", site);
    }
    return current;
  }

  public Endpoint endpoint(SiteId site, EndpointId id) {
    return endpoint(config(), site, id);
  }

  /**
   * Returns an endpoint, even if another node has just created it: if this node does not know the
   * endpoint, blocks to refresh the configuration.
   */
  public synchronized Endpoint fresh(SiteId site, EndpointId id) {
    try {
      return endpoint(site, id);
    } catch (NotFoundException e) {
      if (!hasChanged(e)) {
        throw e;
      }
      return endpoint(site, id);
    }
  }

  public static Endpoint endpoint(Config config, SiteId site, EndpointId id) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(id, "id");
    Endpoint endpoint = config.endpoints().get(id);
    if (endpoint == null || !endpoint.site().equals(site)) {
      throw new NotFoundException("endpoint", id);
    }
    return endpoint;
  }

  /** Returns the endpoints of a site, oldest first. */
  public static List<Endpoint> endpoints(Config config, SiteId site) {
    return List.copyOf(config.endpointsOf(site).values());
  }

  public Optional<ApiKey> key(String sha256) {
    return config().findKey(sha256);
  }

  /**
   * Changes the configuration. Calls the planner again if another node has changed the
   * configuration in the meantime, even if the planner refused the change. Blocks.
   */
  public synchronized <T> T change(Function<Config, Planned<T>> planner) {
    for (int i = 0; i < TRIES; i++) {
      Config now = config();
      Planned<T> planned;
      try {
        planned = planner.apply(now);
      } catch (RefusedException e) {
        if (!hasChanged(e)) {
          throw e;
        }
        continue;
      }
      if (planned.changes().isEmpty()) {
        return planned.result();
      }
      if (store.save(planned.changes(), now.version()).isPresent()) {
        set(now.after(planned.changes()));
        return planned.result();
      }
      refresh();
    }
    throw new ConflictException("the configuration is being changed by others; try again");
  }

  /** Returns whether another node has changed the configuration that led to a refusal. */
  private boolean hasChanged(RefusedException refusal) {
    Config before = config();
    try {
      if (shared) {
        refresh();
      }
    } catch (StoreException e) {
      refusal.addSuppressed(e);
    }
    return !config().equals(before);
  }

  /**
   * Claims exclusive use of the store, unless it can be shared.
   *
   * @throws IllegalStateException if another Hookferry instance uses it
   */
  public void takeStore() {
    use.begin();
  }

  /** Closes the store, unless another Hookferry instance has claimed it. */
  public void closeStore() {
    use.close();
  }

  /** Loads the whole configuration from the store. */
  public synchronized void load() {
    Config first = store.load();
    loaded = true;
    set(first);
  }

  /** Applies changes made by other nodes. */
  public synchronized void refresh() {
    Config before = config;
    Config current = store.refresh(before);
    loaded = true;
    if (!current.equals(before)) {
      set(current);
    }
  }

  /** Returns whether the store may have changes by other nodes that this node has not read yet. */
  public boolean mayBeBehind() {
    return shared;
  }

  /**
   * Applies every change that was acknowledged before this call, without blocking. Concurrent
   * callers share queries: at most one is running, and one more is queued for everyone else.
   *
   * @return completes with the configuration on this holder's own thread, which must not be
   *     blocked; fails with a {@link StoreException} if the store fails, with an {@link
   *     OverloadedException} once this is closed
   */
  public CompletableFuture<Config> upToDate() {
    return shared ? refreshed() : CompletableFuture.completedFuture(config());
  }

  /**
   * Like {@link #upToDate}, but refreshes only if this holder's configuration is older than the
   * given version, which the store is known to have.
   */
  public CompletableFuture<Config> atLeast(long version) {
    Config current = config();
    return current.version() < version ? refreshed() : CompletableFuture.completedFuture(current);
  }

  private CompletableFuture<Config> refreshed() {
    synchronized (refreshLock) {
      CompletableFuture<Config> waiting = next;
      if (waiting == null) {
        waiting = new CompletableFuture<>();
        try {
          refreshExecutor.execute(this::runRefresh);
        } catch (RejectedExecutionException e) {
          return CompletableFuture.failedFuture(OverloadedException.soon("the server has stopped"));
        }
        next = waiting;
      }
      return waiting.copy();
    }
  }

  private void runRefresh() {
    CompletableFuture<Config> waiting;
    synchronized (refreshLock) {
      waiting = next;
      next = null;
    }
    if (waiting == null) {
      return;
    }
    try {
      refresh();
      waiting.complete(config());
    } catch (RuntimeException | Error e) {
      waiting.completeExceptionally(e);
    }
  }

  /** Stops the refresh thread. */
  public void close() {
    refreshExecutor.shutdown();
  }

  private void set(Config current) {
    Config effective = deliveryOff == null ? current : current.paused(config, working);
    whenChanged.accept(effective);
    working = effective;
    config = current;
  }

  /** Changes to make, and the result to return once they are durable. */
  public record Planned<T>(List<ConfigChange> changes, T result) {
    public static <T> Planned<T> of(T result, ConfigChange... changes) {
      return new Planned<>(List.of(changes), result);
    }
  }

  /** Thrown before the first start, when no configuration is known yet. */
  public static final class NotStartedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private NotStartedException() {
      super("Hookferry is not started; call start() first");
    }
  }
}
