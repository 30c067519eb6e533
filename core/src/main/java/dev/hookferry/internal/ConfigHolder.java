package dev.hookferry.internal;

import dev.hookferry.access.ApiKey;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The configuration as this node knows it, and the only way to change it. Thread-safe. */
public final class ConfigHolder {
  private static final int TRIES = 20;

  private final ConfigStore store;
  private final boolean shared;
  private final Consumer<Config> whenChanged;
  private final @Nullable String deliveryOff;
  private final Object looks = new Object();
  private final ExecutorService looking;
  private volatile Config config = Config.EMPTY;

  /** What {@link #whenChanged} was told last. */
  private Config working = Config.EMPTY;

  /** Those who wait for a look at the store that has not begun yet. */
  private @Nullable CompletableFuture<Config> next;

  /**
   * A keeper that knows nothing yet.
   *
   * @param whenChanged is told every configuration before anybody else sees it, in their order;
   *     with every endpoint paused if this node sends nothing
   * @param deliveryOff why this node sends nothing, or null if it sends
   * @param looking looks at the store, one look at a time
   */
  public ConfigHolder(
      Store store,
      Consumer<Config> whenChanged,
      @Nullable String deliveryOff,
      ExecutorService looking) {
    this.looking = looking;
    this.store = store.config();
    this.shared = store.isShared();
    this.whenChanged = whenChanged;
    this.deliveryOff = deliveryOff;
  }

  /** Why this node sends nothing, or null if it sends. */
  public @Nullable String deliveryOff() {
    return deliveryOff;
  }

  /** Refuses what would send something at once. */
  public void requireDelivery() {
    if (deliveryOff != null) {
      throw new ConflictException("this node sends nothing: " + deliveryOff);
    }
  }

  public Config config() {
    return config;
  }

  public Site site(SiteId site) {
    Site present = config().sites().get(Objects.requireNonNull(site, "site"));
    if (present == null) {
      throw new NotFoundException("site", site);
    }
    return present;
  }

  public Endpoint endpoint(SiteId site, EndpointId id) {
    return endpoint(config(), site, id);
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

  /** A site's endpoints, oldest first. */
  public static List<Endpoint> endpoints(Config config, SiteId site) {
    return List.copyOf(config.endpointsOf(site).values());
  }

  public Optional<ApiKey> key(String sha256) {
    return config().keyOf(sha256);
  }

  /**
   * Changes the configuration; planned again if another node was faster, or if the planner refuses
   * by a configuration that another node has changed since.
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

  /** Whether another node has changed what a refusal goes by. */
  private boolean hasChanged(RefusedException refusal) {
    long before = config().version();
    try {
      if (shared) {
        refresh();
      }
    } catch (StoreException e) {
      refusal.addSuppressed(e);
    }
    return config().version() != before;
  }

  /** Begins with what the store has. */
  public synchronized void load() {
    set(store.load());
  }

  /** Takes over what other nodes changed. */
  public synchronized void refresh() {
    Config before = config();
    Config present = store.refresh(before);
    if (present.version() != before.version()) {
      set(present);
    }
  }

  /** Whether other nodes may have changed what this one does not know yet. */
  public boolean mayBeBehind() {
    return shared;
  }

  /**
   * Takes over every change that was answered before this call, without blocking. However many
   * callers wait, one look at the store is under way at a time, and one is next for all of them.
   *
   * @return completes with the configuration on a thread of ours, which must not be kept; fails
   *     with a {@link StoreException} if the store does
   */
  public CompletableFuture<Config> upToDate() {
    if (!shared) {
      return CompletableFuture.completedFuture(config());
    }
    synchronized (looks) {
      CompletableFuture<Config> waiting = next;
      if (waiting == null) {
        waiting = new CompletableFuture<>();
        looking.execute(this::look);
        next = waiting;
      }
      return waiting.copy();
    }
  }

  private void look() {
    CompletableFuture<Config> waiting;
    synchronized (looks) {
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

  /** Ends its thread. */
  public void close() {
    looking.shutdown();
  }

  private void set(Config present) {
    Config told = deliveryOff == null ? present : present.paused(config, working);
    whenChanged.accept(told);
    working = told;
    config = present;
  }

  /** Changes that are to be made, and what to answer once they are. */
  public record Planned<T>(List<ConfigChange> changes, T result) {
    public static <T> Planned<T> of(T result, ConfigChange... changes) {
      return new Planned<>(List.of(changes), result);
    }
  }
}
