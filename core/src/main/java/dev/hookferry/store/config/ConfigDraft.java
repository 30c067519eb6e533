package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import org.jspecify.annotations.Nullable;

/** A configuration under construction, into which changes are folded. Not thread-safe. */
final class ConfigDraft implements ConfigChange.Fold<ConfigDraft> {
  PersistentMap<SiteId, Site> sites;
  PersistentMap<String, Site> siteByUid;
  PersistentMap<EndpointId, Endpoint> endpoints;
  PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> bySite;
  PersistentMap<String, Endpoint> byUid;
  PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> filtered;
  PersistentMap<SiteId, PersistentMap<EventType, EventTypeDefinition>> eventTypes;
  PersistentMap<KeyId, ApiKey> keys;
  PersistentMap<String, ApiKey> byHash;
  @Nullable String rotation;

  ConfigDraft(Config from) {
    sites = from.sites;
    siteByUid = from.siteByUid;
    endpoints = from.endpoints;
    bySite = from.bySite;
    byUid = from.byUid;
    filtered = from.filtered;
    eventTypes = from.eventTypes;
    keys = from.keys;
    byHash = from.byHash;
    rotation = from.rotation;
  }

  @Override
  public ConfigDraft putSite(Site site) {
    removeUidOf(site.id());
    sites = sites.plus(site.id(), site);
    String uid = site.profile().uid();
    if (uid != null) {
      siteByUid = siteByUid.plus(uid, site);
    }
    return this;
  }

  @Override
  public ConfigDraft removeSite(SiteId id) {
    removeUidOf(id);
    sites = sites.minus(id);
    eventTypes = eventTypes.minus(id);
    Config.ofSite(bySite, id).keySet().forEach(this::remove);
    keys.values().stream()
        .filter(key -> id.equals(key.site()))
        .map(ApiKey::id)
        .toList()
        .forEach(this::remove);
    return this;
  }

  @Override
  public ConfigDraft putEndpoint(Endpoint endpoint) {
    put(endpoint);
    return this;
  }

  @Override
  public ConfigDraft removeEndpoint(EndpointId id) {
    remove(id);
    return this;
  }

  @Override
  public ConfigDraft putEventType(EventTypeDefinition definition) {
    SiteId site = definition.site();
    PersistentMap<EventType, EventTypeDefinition> others = Config.typesOf(eventTypes, site);
    eventTypes = eventTypes.plus(site, others.plus(definition.type(), definition));
    return this;
  }

  @Override
  public ConfigDraft removeEventType(SiteId site, EventType type) {
    PersistentMap<EventType, EventTypeDefinition> rest =
        Config.typesOf(eventTypes, site).minus(type);
    eventTypes = rest.isEmpty() ? eventTypes.minus(site) : eventTypes.plus(site, rest);
    return this;
  }

  @Override
  public ConfigDraft putKey(ApiKey key) {
    remove(key.id());
    keys = keys.plus(key.id(), key);
    if (!byHash.containsKey(key.sha256())) {
      byHash = byHash.plus(key.sha256(), key);
    }
    return this;
  }

  @Override
  public ConfigDraft removeKey(KeyId id) {
    remove(id);
    return this;
  }

  @Override
  public ConfigDraft putRotation(@Nullable String key) {
    rotation = key;
    return this;
  }

  @Override
  public ConfigDraft note(AuditEntry entry) {
    return this;
  }

  void put(Endpoint endpoint) {
    Endpoint before = endpoints.get(endpoint.id());
    if (before != null && !before.site().equals(endpoint.site())) {
      remove(endpoint.id());
    } else if (before != null) {
      removeUid(before);
    }
    if (endpoint.uid() != null) {
      byUid = byUid.plus(Config.uidKey(endpoint.site(), endpoint.uid()), endpoint);
    }
    endpoints = endpoints.plus(endpoint.id(), endpoint);
    bySite = with(bySite, endpoint);
    if (endpoint.filter() != null) {
      filtered = with(filtered, endpoint);
    } else if (before != null && before.filter() != null) {
      filtered = without(filtered, endpoint);
    }
  }

  void remove(EndpointId id) {
    Endpoint before = endpoints.get(id);
    if (before == null) {
      return;
    }
    endpoints = endpoints.minus(id);
    removeUid(before);
    bySite = without(bySite, before);
    if (before.filter() != null) {
      filtered = without(filtered, before);
    }
  }

  private static PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> with(
      PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> sites, Endpoint endpoint) {
    SiteId site = endpoint.site();
    return sites.plus(site, Config.ofSite(sites, site).plus(endpoint.id(), endpoint));
  }

  private static PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> without(
      PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> sites, Endpoint endpoint) {
    SiteId site = endpoint.site();
    PersistentMap<EndpointId, Endpoint> rest = Config.ofSite(sites, site).minus(endpoint.id());
    return rest.isEmpty() ? sites.minus(site) : sites.plus(site, rest);
  }

  private void removeUid(Endpoint endpoint) {
    if (endpoint.uid() != null) {
      String key = Config.uidKey(endpoint.site(), endpoint.uid());
      Endpoint named = byUid.get(key);
      if (named != null && named.id().equals(endpoint.id())) {
        byUid = byUid.minus(key);
      }
    }
  }

  private void removeUidOf(SiteId id) {
    Site before = sites.get(id);
    String uid = before == null ? null : before.profile().uid();
    Site named = uid == null ? null : siteByUid.get(uid);
    if (uid != null && named != null && named.id().equals(id)) {
      siteByUid = siteByUid.minus(uid);
    }
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
      // Two keys should never have the same text, but if they do, the remaining one must still be
      // found.
      keys.values().stream()
          .filter(key -> key.matches(before.sha256()))
          .findFirst()
          .ifPresent(key -> byHash = byHash.plus(key.sha256(), key));
    }
  }
}
