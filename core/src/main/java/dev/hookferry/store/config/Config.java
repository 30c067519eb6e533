package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that people configure, at one moment.
 *
 * @param version grows by one with every change; 0 before the first
 * @param sites by name
 * @param endpoints by id, those of all sites
 * @param keys by id
 * @param rotation the name of the master key that secrets are being put under, step by step; null
 *     if no rotation is under way
 */
public record Config(
    long version,
    Map<SiteId, Site> sites,
    Map<EndpointId, Endpoint> endpoints,
    Map<KeyId, ApiKey> keys,
    @Nullable String rotation) {
  /** Nothing configured yet. */
  public static final Config EMPTY = new Config(0, Map.of(), Map.of(), Map.of(), null);

  public Config {
    // Map.copyOf has another order in every process, and the engine must do the same each time.
    sites = Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /** The same configuration with every endpoint paused. */
  public Config paused() {
    Map<EndpointId, Endpoint> all = new LinkedHashMap<>();
    endpoints.forEach((id, endpoint) -> all.put(id, endpoint.with(EndpointStatus.paused(null))));
    return new Config(version, sites, all, keys, rotation);
  }

  /** The configuration after these changes, one version later. */
  public Config after(List<ConfigChange> changes) {
    Map<SiteId, Site> newSites = new LinkedHashMap<>(sites);
    Map<EndpointId, Endpoint> newEndpoints = new LinkedHashMap<>(endpoints);
    Map<KeyId, ApiKey> newKeys = new LinkedHashMap<>(keys);
    String newRotation = rotation;
    for (ConfigChange change : changes) {
      if (change instanceof ConfigChange.PutSite put) {
        newSites.put(put.site().id(), put.site());
      } else if (change instanceof ConfigChange.RemoveSite remove) {
        newSites.remove(remove.id());
        newEndpoints.values().removeIf(endpoint -> endpoint.site().equals(remove.id()));
        newKeys.values().removeIf(key -> remove.id().equals(key.site()));
      } else if (change instanceof ConfigChange.PutEndpoint put) {
        newEndpoints.put(put.endpoint().id(), put.endpoint());
      } else if (change instanceof ConfigChange.RemoveEndpoint remove) {
        newEndpoints.remove(remove.id());
      } else if (change instanceof ConfigChange.PutKey put) {
        newKeys.put(put.key().id(), put.key());
      } else if (change instanceof ConfigChange.RemoveKey remove) {
        newKeys.remove(remove.id());
      } else if (change instanceof ConfigChange.PutRotation put) {
        newRotation = put.key();
      }
    }
    return new Config(version + 1, newSites, newEndpoints, newKeys, newRotation);
  }
}
