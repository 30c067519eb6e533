package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of the configuration. Immutable and persistent: a change produces another configuration
 * that shares everything unchanged with this one, so it costs as much as the change, almost
 * regardless of the number of resources. Equality is by content.
 *
 * <p>Maps iterate in the order of the ids, which for endpoints and keys is the order of creation.
 */
public final class Config {
  private static final PersistentMap<EndpointId, Endpoint> NO_ENDPOINTS =
      PersistentMap.empty(Comparator.comparing(EndpointId::value));

  /** The configuration of a new store. */
  public static final Config EMPTY = new Config();

  private final long version;
  private final PersistentMap<SiteId, Site> sites;
  private final PersistentMap<EndpointId, Endpoint> endpoints;
  private final PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> bySite;
  private final PersistentMap<KeyId, ApiKey> keys;
  private final PersistentMap<String, ApiKey> byHash;
  private final @Nullable String rotation;

  private Config() {
    version = 0;
    sites = PersistentMap.empty(Comparator.comparing(SiteId::value));
    endpoints = NO_ENDPOINTS;
    bySite = PersistentMap.empty(Comparator.comparing(SiteId::value));
    keys = PersistentMap.empty(Comparator.comparing(KeyId::value));
    byHash = PersistentMap.empty(Comparator.naturalOrder());
    rotation = null;
  }

  private Config(Draft draft, long version) {
    this.version = version;
    sites = draft.sites;
    endpoints = draft.endpoints;
    bySite = draft.bySite;
    keys = draft.keys;
    byHash = draft.byHash;
    rotation = draft.rotation;
  }

  /** Returns the version: the number of changes so far. */
  public long version() {
    return version;
  }

  /** Returns the sites. */
  public Map<SiteId, Site> sites() {
    return sites;
  }

  /** Returns the endpoints of all sites. */
  public Map<EndpointId, Endpoint> endpoints() {
    return endpoints;
  }

  /** Returns the endpoints of a site; empty if the site does not exist. */
  public Map<EndpointId, Endpoint> endpointsOf(SiteId site) {
    Objects.requireNonNull(site, "site");
    return ofSite(bySite, site);
  }

  /** Returns the API keys. */
  public Map<KeyId, ApiKey> keys() {
    return keys;
  }

  /** Finds the API key whose text has this SHA-256. */
  public Optional<ApiKey> keyOf(String sha256) {
    Objects.requireNonNull(sha256, "sha256");
    return Optional.ofNullable(byHash.get(sha256)).filter(key -> key.isOf(sha256));
  }

  /**
   * Returns the id of the master key that a running rotation moves secrets to; null if no rotation
   * is running.
   */
  public @Nullable String rotation() {
    return rotation;
  }

  /** Returns the configuration after these changes, applied in this order, one version later. */
  public Config after(List<ConfigChange> changes) {
    Objects.requireNonNull(changes, "changes");
    return after(changes, version + 1);
  }

  /**
   * Returns the configuration after these changes, applied in this order.
   *
   * @param newVersion the version of the result
   */
  public Config after(List<ConfigChange> changes, long newVersion) {
    Objects.requireNonNull(changes, "changes");
    Draft draft = new Draft(this);
    changes.forEach(draft::make);
    return new Config(draft, newVersion);
  }

  /**
   * Returns this configuration with every endpoint paused. Costs as much as the difference from
   * another one.
   *
   * @param other another configuration, such as the previous one
   * @param otherPaused the result of this method for the other one; {@link #EMPTY} for {@link
   *     #EMPTY}
   */
  public Config paused(Config other, Config otherPaused) {
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(otherPaused, "otherPaused");
    ConfigDiff diff = diff(other);
    Draft draft = new Draft(this);
    draft.endpoints = otherPaused.endpoints;
    draft.bySite = otherPaused.bySite;
    for (EndpointId id : diff.endpoints()) {
      Endpoint endpoint = endpoints.get(id);
      if (endpoint == null) {
        draft.remove(id);
      } else {
        draft.put(endpoint.with(EndpointStatus.paused(null)));
      }
    }
    return new Config(draft, version);
  }

  /** Returns the differences from another configuration, in time proportional to their number. */
  public ConfigDiff diff(Config other) {
    Objects.requireNonNull(other, "other");
    List<SiteId> otherSites = new ArrayList<>();
    List<EndpointId> otherEndpoints = new ArrayList<>();
    List<KeyId> otherKeys = new ArrayList<>();
    sites.compare(other.sites, otherSites::add);
    endpoints.compare(other.endpoints, otherEndpoints::add);
    keys.compare(other.keys, otherKeys::add);
    return new ConfigDiff(otherSites, otherEndpoints, otherKeys);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Config that
        && version == that.version
        && sites.equals(that.sites)
        && endpoints.equals(that.endpoints)
        && keys.equals(that.keys)
        && Objects.equals(rotation, that.rotation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, sites.size(), endpoints.size(), keys.size());
  }

  @Override
  public String toString() {
    return "Config[version="
        + version
        + ", sites="
        + sites.size()
        + ", endpoints="
        + endpoints.size()
        + ", keys="
        + keys.size()
        + "]";
  }

  private static PersistentMap<EndpointId, Endpoint> ofSite(
      PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> bySite, SiteId site) {
    PersistentMap<EndpointId, Endpoint> found = bySite.get(site);
    return found == null ? NO_ENDPOINTS : found;
  }

  /** A mutable copy under construction. */
  private static final class Draft {
    private PersistentMap<SiteId, Site> sites;
    private PersistentMap<EndpointId, Endpoint> endpoints;
    private PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> bySite;
    private PersistentMap<KeyId, ApiKey> keys;
    private PersistentMap<String, ApiKey> byHash;
    private @Nullable String rotation;

    Draft(Config from) {
      sites = from.sites;
      endpoints = from.endpoints;
      bySite = from.bySite;
      keys = from.keys;
      byHash = from.byHash;
      rotation = from.rotation;
    }

    void make(ConfigChange change) {
      if (change instanceof ConfigChange.PutSite put) {
        sites = sites.plus(put.site().id(), put.site());
      } else if (change instanceof ConfigChange.RemoveSite remove) {
        removeSite(remove.id());
      } else if (change instanceof ConfigChange.PutEndpoint put) {
        put(put.endpoint());
      } else if (change instanceof ConfigChange.RemoveEndpoint remove) {
        remove(remove.id());
      } else if (change instanceof ConfigChange.PutKey put) {
        remove(put.key().id());
        keys = keys.plus(put.key().id(), put.key());
        if (!byHash.containsKey(put.key().sha256())) {
          byHash = byHash.plus(put.key().sha256(), put.key());
        }
      } else if (change instanceof ConfigChange.RemoveKey remove) {
        remove(remove.id());
      } else if (change instanceof ConfigChange.PutRotation put) {
        rotation = put.key();
      }
    }

    private void removeSite(SiteId id) {
      sites = sites.minus(id);
      ofSite(bySite, id).keySet().forEach(this::remove);
      keys.values().stream()
          .filter(key -> id.equals(key.site()))
          .map(ApiKey::id)
          .toList()
          .forEach(this::remove);
    }

    private void put(Endpoint endpoint) {
      Endpoint before = endpoints.get(endpoint.id());
      if (before != null && !before.site().equals(endpoint.site())) {
        remove(endpoint.id());
      }
      endpoints = endpoints.plus(endpoint.id(), endpoint);
      bySite =
          bySite.plus(
              endpoint.site(), ofSite(bySite, endpoint.site()).plus(endpoint.id(), endpoint));
    }

    private void remove(EndpointId id) {
      Endpoint before = endpoints.get(id);
      if (before == null) {
        return;
      }
      endpoints = endpoints.minus(id);
      PersistentMap<EndpointId, Endpoint> rest = ofSite(bySite, before.site()).minus(id);
      bySite = rest.isEmpty() ? bySite.minus(before.site()) : bySite.plus(before.site(), rest);
    }

    private void remove(KeyId id) {
      ApiKey before = keys.get(id);
      if (before == null) {
        return;
      }
      keys = keys.minus(id);
      ApiKey indexed = byHash.get(before.sha256());
      if (indexed != null && indexed.id().equals(id)) {
        byHash = byHash.minus(before.sha256());
        // Two keys with the same text are a mistake, but the remaining one must still be found.
        keys.values().stream()
            .filter(key -> key.isOf(before.sha256()))
            .findFirst()
            .ifPresent(key -> byHash = byHash.plus(key.sha256(), key));
      }
    }
  }
}
