package dev.hookferry.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.Site;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Search for the deliveries of a portal session. A search by data field would reveal the field's
 * value, so it finds only events in whose payload the session may see that field. Thread-safe.
 */
final class PortalSearch {
  private final Webhooks webhooks;
  private final PortalSession session;
  private final Set<EndpointId> mine;

  /** Creates a search limited to the deliveries to these endpoints. */
  PortalSearch(Webhooks webhooks, PortalSession session, Set<EndpointId> mine) {
    this.webhooks = webhooks;
    this.session = session;
    this.mine = mine;
  }

  private Site site() {
    return webhooks.sites().get(session.site());
  }

  /**
   * Returns the site's search fields that the session may see in the payload of at least one type.
   */
  List<String> fields() {
    Site site = site();
    SearchFields fields = site.settings().searchFields();
    return fields.names().stream().filter(name -> isShown(site, name)).toList();
  }

  private boolean isShown(Site site, String name) {
    return session.can().contains(PortalCapability.PAYLOAD)
        && (isShown(site, unnamed(named(site)), name)
            || named(site).stream().anyMatch(type -> isShown(site, type, name)));
  }

  /** Returns a placeholder for the types that neither the site nor its portal settings name. */
  private static EventType unnamed(Set<EventType> named) {
    EventType type = new EventType("unnamed");
    for (int i = 1; named.contains(type); i++) {
      type = new EventType("unnamed_" + i);
    }
    return type;
  }

  /**
   * Returns the types whose payloads may show different fields than the rest. The portal's rule may
   * depend on the type, and so does the name of the data member in QLM's envelope.
   */
  private Set<EventType> named(Site site) {
    Set<EventType> named = new HashSet<>(EventCatalog.QLM_EVENTS);
    named.addAll(site.settings().portal().payloadByType().keySet());
    webhooks.eventTypes().all(session.site()).forEach(one -> named.add(one.type()));
    return named;
  }

  private static boolean isShown(Site site, EventType type, String name) {
    Envelope envelope = site.settings().envelope();
    return site.settings().portal().payloadOf(type).shows(envelope.pathTo(type, name));
  }

  /** Rejects fields that this session cannot search by. */
  void requireFields(Set<String> names) {
    IndexedEvents.requireFields(fields(), "the fields to search by", names);
  }

  /** Returns whether this session may see the data at this path in events of a type. */
  boolean isShown(EventType type, String path) {
    return session.can().contains(PortalCapability.PAYLOAD) && isShown(site(), type, path);
  }

  /**
   * Returns whether this session may see the data at all these paths in events of all these types.
   */
  boolean showsAll(Set<String> paths, List<EventTypeFilter> types) {
    Site site = site();
    Set<EventType> named = named(site);
    return session.can().contains(PortalCapability.PAYLOAD)
        && isShown(site, unnamed(named), paths)
        && named.stream()
            .filter(type -> types.stream().anyMatch(one -> one.matches(type)))
            .allMatch(type -> isShown(site, type, paths));
  }

  /** Returns a page of deliveries within the scope. */
  Page<Delivery> deliveries(DeliveryQuery query) {
    return webhooks.deliveries().list(narrowed(query));
  }

  /** Returns the time before which the search may miss deliveries; see {@code Deliveries}. */
  Optional<Instant> notIndexedBefore(DeliveryQuery query) {
    return webhooks.deliveries().notIndexedBefore(narrowed(query));
  }

  private DeliveryQuery narrowed(DeliveryQuery query) {
    if (!query.site().equals(session.site())) {
      throw new NotFoundException("site", query.site());
    }
    DeliveryQuery own = query.endpoints(query.endpoints().and(EndpointScope.only(mine)));
    if (query.fields().isEmpty()) {
      return own;
    }
    requireFields(query.fields().keySet());
    return withoutHiddenTypes(own);
  }

  /**
   * Narrows a query to the types whose payloads show all of its fields. A site with an open catalog
   * has undeclared types. If their payloads show the fields, only the named types that hide one are
   * excluded.
   */
  private DeliveryQuery withoutHiddenTypes(DeliveryQuery query) {
    Site site = site();
    Set<String> fields = query.fields().keySet();
    Set<EventType> named = named(site);
    if (isShown(site, unnamed(named), fields)) {
      named.removeIf(type -> isShown(site, type, fields));
      return query.withoutTypes(named);
    }
    named.removeIf(type -> !query.types().contains(type) || !isShown(site, type, fields));
    return named.isEmpty() ? query.endpoints(EndpointScope.only(Set.of())) : query.types(named);
  }

  private static boolean isShown(Site site, EventType type, Set<String> fields) {
    return fields.stream().allMatch(name -> isShown(site, type, name));
  }
}
