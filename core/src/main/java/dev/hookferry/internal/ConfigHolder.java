package dev.hookferry.internal;

import dev.hookferry.access.ApiKey;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.Site;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The configuration as this node knows it, and the only way to change it. Thread-safe. */
public final class ConfigHolder {
  private static final int TRIES = 20;

  private final ConfigStore store;
  private final Consumer<Config> whenChanged;
  private final @Nullable String deliveryOff;
  private volatile Snapshot snapshot = new Snapshot(Config.EMPTY, Map.of());

  /**
   * A keeper that has read nothing yet.
   *
   * @param whenChanged gets {@link #working} after each change
   * @param deliveryOff why this node sends nothing, or null if it sends
   */
  public ConfigHolder(
      ConfigStore store, Consumer<Config> whenChanged, @Nullable String deliveryOff) {
    this.store = store;
    this.whenChanged = whenChanged;
    this.deliveryOff = deliveryOff;
  }

  /** The configuration by which the engine works: it sends nothing to endpoints that are paused. */
  public Config working() {
    return deliveryOff == null ? config() : config().paused();
  }

  /** Why this node sends nothing, or null if it sends. */
  @Nullable
  public String deliveryOff() {
    return deliveryOff;
  }

  /** Refuses what would send something at once. */
  public void requireDelivery() {
    if (deliveryOff != null) {
      throw new ConflictException("this node sends nothing: " + deliveryOff);
    }
  }

  public Config config() {
    return snapshot.config();
  }

  public Site site(SiteId id) {
    Site site = config().sites().get(id);
    if (site == null) {
      throw new NotFoundException("site", id);
    }
    return site;
  }

  public Endpoint endpoint(SiteId site, EndpointId id) {
    return endpoint(config(), site, id);
  }

  public static Endpoint endpoint(Config config, SiteId site, EndpointId id) {
    Endpoint endpoint = config.endpoints().get(id);
    if (endpoint == null || !endpoint.site().equals(site)) {
      throw new NotFoundException("endpoint", id);
    }
    return endpoint;
  }

  /** A site's endpoints, oldest first. */
  public static List<Endpoint> endpoints(Config config, SiteId site) {
    return config.endpoints().values().stream()
        .filter(endpoint -> endpoint.site().equals(site))
        .sorted(Comparator.comparing(endpoint -> endpoint.id().value()))
        .toList();
  }

  public Optional<ApiKey> key(String sha256) {
    return Optional.ofNullable(snapshot.keys().get(sha256)).filter(key -> key.isOf(sha256));
  }

  /** Changes the configuration; planned again if another node was faster. */
  public synchronized <T> T change(Function<Config, Planned<T>> planner) {
    for (int i = 0; i < TRIES; i++) {
      Config now = config();
      Planned<T> planned = planner.apply(now);
      if (planned.changes().isEmpty()) {
        return planned.result();
      }
      if (store.save(planned.changes(), now.version()).isPresent()) {
        set(now.after(planned.changes()));
        return planned.result();
      }
      set(store.load());
    }
    throw new ConflictException("the configuration is being changed by others; try again");
  }

  /** Takes over what other nodes changed. */
  public synchronized void refresh() {
    if (store.version() != config().version()) {
      set(store.load());
    }
  }

  private void set(Config next) {
    snapshot =
        new Snapshot(
            next,
            next.keys().values().stream()
                .collect(Collectors.toMap(ApiKey::sha256, key -> key, (a, b) -> a)));
    whenChanged.accept(working());
  }

  /** Changes that are to be made, and what to answer once they are. */
  public record Planned<T>(List<ConfigChange> changes, T result) {
    public static <T> Planned<T> of(T result, ConfigChange... changes) {
      return new Planned<>(List.of(changes), result);
    }
  }

  private record Snapshot(Config config, Map<String, ApiKey> keys) {}
}
