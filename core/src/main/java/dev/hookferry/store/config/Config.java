package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
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
 * A version of the configuration. Immutable and persistent: a change produces a new configuration
 * that shares everything unchanged with this one, so the cost hardly depends on the number of
 * resources. Equality is by content.
 *
 * <p>Maps iterate in id order, which for endpoints and keys is the order of creation.
 */
public final class Config {
  private static final PersistentMap<EndpointId, Endpoint> NO_ENDPOINTS =
      PersistentMap.empty(Comparator.comparing(EndpointId::value));

  private static final PersistentMap<EventType, EventTypeDefinition> NO_TYPES =
      PersistentMap.empty(Comparator.comparing(EventType::name));

  /** The configuration of a new store. */
  public static final Config EMPTY = new Config();

  private final long version;
  final PersistentMap<SiteId, Site> sites;
  final PersistentMap<String, Site> siteByUid;
  final PersistentMap<EndpointId, Endpoint> endpoints;
  final PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> bySite;
  final PersistentMap<String, Endpoint> byUid;
  final PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> filtered;
  final PersistentMap<SiteId, PersistentMap<EventType, EventTypeDefinition>> eventTypes;
  final PersistentMap<KeyId, ApiKey> keys;
  final PersistentMap<String, ApiKey> byHash;
  final @Nullable String rotation;

  private Config() {
    version = 0;
    sites = PersistentMap.empty(Comparator.comparing(SiteId::value));
    siteByUid = PersistentMap.empty(Comparator.naturalOrder());
    endpoints = NO_ENDPOINTS;
    bySite = PersistentMap.empty(Comparator.comparing(SiteId::value));
    byUid = PersistentMap.empty(Comparator.naturalOrder());
    filtered = bySite;
    eventTypes = PersistentMap.empty(Comparator.comparing(SiteId::value));
    keys = PersistentMap.empty(Comparator.comparing(KeyId::value));
    byHash = PersistentMap.empty(Comparator.naturalOrder());
    rotation = null;
  }

  private Config(ConfigDraft draft, long version) {
    this.version = version;
    sites = draft.sites;
    siteByUid = draft.siteByUid;
    endpoints = draft.endpoints;
    bySite = draft.bySite;
    byUid = draft.byUid;
    filtered = draft.filtered;
    eventTypes = draft.eventTypes;
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

  /**
   * Finds a site.
   *
   * @param name the id or uid of the site
   */
  public Optional<Site> site(String name) {
    Objects.requireNonNull(name, "name");
    Site named = siteByUid.get(name);
    return named != null ? Optional.of(named) : SiteId.find(name).map(sites::get);
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

  /**
   * Finds an endpoint of a site.
   *
   * @param name the id or uid of the endpoint
   */
  public Optional<Endpoint> endpoint(SiteId site, String name) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(name, "name");
    Endpoint named = byUid.get(uidKey(site, name));
    return named != null
        ? Optional.of(named)
        : EndpointId.find(name)
            .map(endpoints::get)
            .filter(endpoint -> endpoint.site().equals(site));
  }

  /** Returns whether deliveries to an endpoint are held; see {@link Site#holds}. */
  public boolean holds(Endpoint endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    Site site = sites.get(endpoint.site());
    return site == null || site.holds(endpoint);
  }

  /** Returns the lookup key of a uid. It is unique, because site names contain no slash. */
  static String uidKey(SiteId site, String uid) {
    return site.value() + '/' + uid;
  }

  /**
   * Returns the endpoints of a site that have a filter. Versions between which none of them changed
   * return the same instance.
   */
  public Map<EndpointId, Endpoint> filteredEndpointsOf(SiteId site) {
    Objects.requireNonNull(site, "site");
    return ofSite(filtered, site);
  }

  /** Returns the event types of a site that have a description, by name. */
  public Map<EventType, EventTypeDefinition> eventTypesOf(SiteId site) {
    Objects.requireNonNull(site, "site");
    return typesOf(eventTypes, site);
  }

  /** Returns the description of an event type; null if it has none. */
  public @Nullable EventTypeDefinition eventType(SiteId site, EventType type) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    PersistentMap<EventType, EventTypeDefinition> types = eventTypes.get(site);
    return types == null ? null : types.get(type);
  }

  /**
   * Returns the description against which event data is validated: the site's own or, if the site's
   * catalog is open, that of the site {@code default}. Null if there is none.
   */
  public @Nullable EventTypeDefinition typeInForce(SiteId site, EventType type) {
    EventTypeDefinition own = eventType(site, type);
    return own == null && isOpen(site) ? eventType(SiteId.DEFAULT, type) : own;
  }

  /** Returns whether {@link #typeInForce} can find a description for any type of a site. */
  public boolean hasTypesInForce(SiteId site) {
    Objects.requireNonNull(site, "site");
    return eventTypes.containsKey(site) || (isOpen(site) && eventTypes.containsKey(SiteId.DEFAULT));
  }

  private boolean isOpen(SiteId site) {
    Site current = sites.get(site);
    return current != null && current.settings().catalog().open();
  }

  /** Returns the API keys. */
  public Map<KeyId, ApiKey> keys() {
    return keys;
  }

  /** Finds the API key whose text has this SHA-256. */
  public Optional<ApiKey> findKey(String sha256) {
    Objects.requireNonNull(sha256, "sha256");
    return Optional.ofNullable(byHash.get(sha256)).filter(key -> key.matches(sha256));
  }

  /**
   * Returns the id of the master key to which a running rotation moves secrets; null if none is
   * running.
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
    ConfigDraft draft = new ConfigDraft(this);
    for (ConfigChange change : changes) {
      ConfigDraft unused = change.fold(draft);
    }
    return new Config(draft, newVersion);
  }

  /**
   * Returns this configuration with every endpoint paused. The cost grows with the difference from
   * a configuration for which the result is known.
   *
   * @param other that configuration, such as the previous version
   * @param otherPaused the result of this method for that configuration; {@link #EMPTY} for {@link
   *     #EMPTY}
   */
  public Config paused(Config other, Config otherPaused) {
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(otherPaused, "otherPaused");
    ConfigDiff diff = diff(other);
    ConfigDraft draft = new ConfigDraft(this);
    draft.endpoints = otherPaused.endpoints;
    draft.bySite = otherPaused.bySite;
    draft.byUid = otherPaused.byUid;
    draft.filtered = otherPaused.filtered;
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
    return this == other
        || (other instanceof Config that
            && version == that.version
            && sites.equals(that.sites)
            && endpoints.equals(that.endpoints)
            && eventTypes.equals(that.eventTypes)
            && keys.equals(that.keys)
            && Objects.equals(rotation, that.rotation));
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

  static PersistentMap<EndpointId, Endpoint> ofSite(
      PersistentMap<SiteId, PersistentMap<EndpointId, Endpoint>> bySite, SiteId site) {
    PersistentMap<EndpointId, Endpoint> found = bySite.get(site);
    return found == null ? NO_ENDPOINTS : found;
  }

  static PersistentMap<EventType, EventTypeDefinition> typesOf(
      PersistentMap<SiteId, PersistentMap<EventType, EventTypeDefinition>> all, SiteId site) {
    PersistentMap<EventType, EventTypeDefinition> found = all.get(site);
    return found == null ? NO_TYPES : found;
  }
}
