package dev.hookferry.internal.properties;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.EndpointWriter;
import dev.hookferry.internal.endpoint.UnchangedSecret;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * QLM's flat view of a site: each event name mapped to its URLs, separated by semicolons, followed
 * by QLM's four settings. A semicolon within a URL is written {@code %3B}.
 */
public final class FlatProperties {
  /** The name of the warnings in the view that a change returns. */
  public static final String WARNINGS = "warnings";

  private static final String SECRET = "webHookSecretKey";

  private final CoreServices services;
  private final Site site;
  private final List<Endpoint> endpoints;
  private final List<EventType> types;
  private final EndpointWriter writer;

  /**
   * Creates the view of a site in a configuration.
   *
   * @param writer creates new endpoints
   */
  public FlatProperties(CoreServices services, Config config, SiteId site, EndpointWriter writer) {
    this.services = services;
    this.writer = writer;
    this.site = present(config, site);
    endpoints = ConfigHolder.endpoints(config, site);
    types = this.site.settings().catalog().types();
  }

  private static Site present(Config config, SiteId id) {
    Site site = config.sites().get(id);
    if (site == null) {
      throw new NotFoundException("site", id);
    }
    return site;
  }

  /** Returns the site with these settings changed, by name. */
  public static Site changed(CoreServices services, Site site, Map<String, ?> changes) {
    SiteSettings changed =
        SettingsByName.change(
            site.settings(),
            changes,
            services.clock().instant(),
            text ->
                UnchangedSecret.seal(
                    services.cipher(),
                    text,
                    SecretContexts.siteKey(site.id()),
                    site.settings().secretKey()));
    services.requireEgress(site.settings(), changed);
    return site.with(changed);
  }

  /** Returns the whole view as a map, events first. */
  public Map<String, Object> read() {
    Map<String, Object> view = new LinkedHashMap<>();
    for (EventType type : types) {
      view.put(
          type.name(),
          endpoints.stream()
              .filter(endpoint -> endpoint.isSubscribedTo(type))
              .map(FlatProperties::written)
              .distinct()
              .collect(Collectors.joining(";")));
    }
    Map<String, Object> settings = SettingsByName.read(site.settings());
    SettingsByName.QLM.forEach(name -> view.put(name, settings.get(name)));
    return view;
  }

  /** Returns the new URLs in a map, which must be checked before {@link #plan}. */
  public Set<String> added(Map<String, ?> requested) {
    return requested.entrySet().stream()
        .filter(entry -> types.stream().anyMatch(type -> type.name().equals(entry.getKey())))
        .flatMap(
            entry ->
                entry.getValue() instanceof String t ? UrlList.pieces(t).stream() : Stream.empty())
        .filter(url -> !isPresent(url) && !UrlList.hasComma(url))
        .collect(Collectors.toSet());
  }

  /** Returns the configuration changes that give the named entries the requested values. */
  public List<ConfigChange> plan(Map<String, ?> requested) {
    Problems problems = new Problems();
    Map<String, Object> settings = new LinkedHashMap<>();
    Map<EventType, Set<String>> urls = new LinkedHashMap<>();
    requested.forEach((name, value) -> sort(name, value, settings, urls, problems));
    Site changed = problems.collect("", () -> changed(services, site, settings));
    requireWhole(urls, problems);
    problems.throwIfAny();
    List<ConfigChange> changes = new ArrayList<>();
    if (changed != null && !changed.equals(site)) {
      changes.add(new ConfigChange.PutSite(changed));
    }
    changePresent(urls, changes);
    create(urls, changes);
    return changes;
  }

  /** Returns warnings about a secret key that is probably a mistake. */
  public List<String> warnings(Map<String, ?> requested) {
    if (!(requested.get(SECRET) instanceof String key)) {
      return List.of();
    }
    if (key.equals(SettingsByName.MASK) && site.settings().secretKey() == null) {
      return List.of(
          SECRET
              + " is a masked value, and the site has no key. Enter the actual key; until then,"
              + " endpoints without their own QLM key get no X-QLM-Signature");
    }
    return key.equals(key.strip())
        ? List.of()
        : List.of(SECRET + " begins or ends with white space, which is part of the key");
  }

  /**
   * Reports a problem for a type to be removed from a pattern that also matches undeclared types:
   * the list that would replace the pattern cannot name those, and their events would be lost.
   */
  private void requireWhole(Map<EventType, Set<String>> urls, Problems problems) {
    if (!site.settings().catalog().open()) {
      return;
    }
    urls.forEach(
        (type, wanted) ->
            endpoints.stream()
                .filter(endpoint -> !wanted.contains(written(endpoint)))
                .flatMap(endpoint -> endpoint.eventTypes().stream())
                .filter(filter -> !filter.isExact() && filter.matches(type))
                .findFirst()
                .ifPresent(
                    filter ->
                        problems.add(
                            type.name(),
                            "cannot be taken from an endpoint that gets "
                                + filter
                                + ", since this site also accepts types that are not declared;"
                                + " change the event types of the endpoint itself")));
  }

  private void sort(
      String name,
      Object value,
      Map<String, Object> settings,
      Map<EventType, Set<String>> urls,
      Problems problems) {
    if (SettingsByName.QLM.contains(name)) {
      settings.put(name, value);
    } else if (types.stream().noneMatch(type -> type.name().equals(name))) {
      if (name.equals(WARNINGS) && !(value instanceof String)) {
        return; // read-only: copied from an earlier response
      }
      List<String> known =
          Stream.concat(types.stream().map(EventType::name), SettingsByName.QLM.stream()).toList();
      problems.add(name, "is neither a known event nor a QLM setting" + Nearest.hint(name, known));
    } else if (value instanceof String text) {
      urls.put(new EventType(name), split(name, text, problems));
    } else {
      problems.add(name, "must be URLs separated by semicolons, or empty");
    }
  }

  private Set<String> split(String name, String text, Problems problems) {
    Set<String> urls = new LinkedHashSet<>();
    for (String url : UrlList.pieces(text)) {
      if (!isPresent(url) && UrlList.hasComma(url)) {
        problems.add(name, UrlList.COMMA);
      } else if (!isPresent(url)) {
        problems.collect(name, () -> writer.url(url));
      }
      urls.add(url);
    }
    return urls;
  }

  private boolean isPresent(String url) {
    return endpoints.stream().anyMatch(endpoint -> written(endpoint).equals(url));
  }

  private void changePresent(Map<EventType, Set<String>> urls, List<ConfigChange> changes) {
    Set<String> seen = new LinkedHashSet<>();
    for (Endpoint endpoint : endpoints) {
      boolean first = seen.add(written(endpoint));
      List<EventTypeFilter> filters = endpoint.eventTypes();
      for (Map.Entry<EventType, Set<String>> entry : urls.entrySet()) {
        boolean wanted = entry.getValue().contains(written(endpoint));
        if (!wanted) {
          filters = without(entry.getKey(), filters);
        } else if (first
            && endpointsAt(endpoint).noneMatch(e -> e.isSubscribedTo(entry.getKey()))) {
          filters = with(entry.getKey(), filters);
        }
      }
      if (filters.isEmpty()) {
        changes.add(new ConfigChange.RemoveEndpoint(endpoint.id()));
      } else if (!filters.equals(endpoint.eventTypes())) {
        List<EventTypeFilter> left = filters;
        changes.add(new ConfigChange.PutEndpoint(endpoint.with(s -> s.eventTypes(left))));
      }
    }
  }

  private void create(Map<EventType, Set<String>> urls, List<ConfigChange> changes) {
    Map<String, List<String>> added = new LinkedHashMap<>();
    urls.forEach(
        (type, all) ->
            all.stream()
                .filter(url -> !isPresent(url))
                .forEach(
                    url -> added.computeIfAbsent(url, u -> new ArrayList<>()).add(type.name())));
    added.forEach((url, events) -> changes.add(create(url, events)));
  }

  private ConfigChange create(String url, List<String> events) {
    Instant now = services.clock().instant();
    EndpointId id = new EndpointId(services.ids().next(now));
    SigningSecret secret = SigningSecret.generate(services.secure());
    EndpointSpec requested = EndpointSpec.to(url).types(events);
    return new ConfigChange.PutEndpoint(writer.create(site.id(), id, requested, secret, now));
  }

  private Stream<Endpoint> endpointsAt(Endpoint same) {
    return endpoints.stream().filter(e -> written(e).equals(written(same)));
  }

  private static List<EventTypeFilter> with(EventType type, List<EventTypeFilter> filters) {
    return Stream.concat(filters.stream(), Stream.of(EventTypeFilter.of(type))).toList();
  }

  /** Returns all types that can be published, including those of QLM that the site hides. */
  private Stream<EventType> published() {
    return Stream.concat(types.stream(), EventCatalog.QLM_EVENTS.stream()).distinct();
  }

  /** Removes a type; a wildcard that matches it is replaced by the other types it covers. */
  private List<EventTypeFilter> without(EventType type, List<EventTypeFilter> filters) {
    return filters.stream()
        .flatMap(
            filter ->
                filter.matches(type)
                    ? published()
                        .filter(other -> !other.equals(type) && filter.matches(other))
                        .map(EventTypeFilter::of)
                    : Stream.of(filter))
        .distinct()
        .toList();
  }

  private static String written(Endpoint endpoint) {
    return endpoint.url().text().replace(";", "%3B");
  }
}
