package dev.hookferry.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.PortalSettings.PayloadView;
import dev.hookferry.site.Site;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Searches for the deliveries of a portal session. A search by a field of the data would tell what
 * the field contains, so it finds only events whose payload shows that field. Thread-safe.
 */
final class PortalSearch {
  private final Webhooks webhooks;
  private final PortalSession session;
  private final Set<EndpointId> mine;

  /** Creates a search among the deliveries to some endpoints. */
  PortalSearch(Webhooks webhooks, PortalSession session, Set<EndpointId> mine) {
    this.webhooks = webhooks;
    this.session = session;
    this.mine = mine;
  }

  private Site site() {
    return webhooks.sites().get(session.site());
  }

  /** Returns the fields to search by: those of the site that some payloads show. */
  List<String> fields() {
    Site site = site();
    SearchFields fields = site.settings().searchFields();
    return fields.names().stream().filter(name -> isShown(site, name)).toList();
  }

  private boolean isShown(Site site, String name) {
    return session.can().contains(PortalCapability.PAYLOAD)
        && (site.settings().portal().payload() == PayloadView.FULL
            || types().stream().anyMatch(type -> isShown(site, type, name)));
  }

  private Set<EventType> types() {
    return webhooks.eventTypes().all(session.site()).stream()
        .map(EventTypeDefinition::type)
        .collect(Collectors.toSet());
  }

  private static boolean isShown(Site site, EventType type, String name) {
    Envelope envelope = site.settings().envelope();
    return site.settings().portal().payloadOf(type).shows(envelope.pathTo(type, name));
  }

  /** Returns a page of deliveries. */
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
    IndexedEvents.requireFields(fields(), "the fields to search by", query.fields().keySet());
    return ofTypesThatShow(own);
  }

  private DeliveryQuery ofTypesThatShow(DeliveryQuery query) {
    Site site = site();
    PortalSettings settings = site.settings().portal();
    if (settings.payload() == PayloadView.FULL && settings.payloadByType().isEmpty()) {
      return query;
    }
    Set<EventType> showing = new HashSet<>(query.types().isEmpty() ? types() : query.types());
    showing.removeIf(
        type -> query.fields().keySet().stream().anyMatch(name -> !isShown(site, type, name)));
    return showing.isEmpty() ? query.endpoints(EndpointScope.only(Set.of())) : query.types(showing);
  }
}
