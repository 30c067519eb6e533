package dev.hookferry.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Channels;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.routing.EndpointRouting;
import dev.hookferry.routing.FilterTrial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The events that a portal session may see: those with the labels of its link, except tests and
 * {@linkplain OperationalEvents operational} events. Includes events that none of its endpoints
 * received. Any other event is treated as if it did not exist. Thread-safe; methods block.
 */
public final class PortalEvents {
  private final Webhooks webhooks;
  private final PortalSession session;
  private final PortalSearch search;
  private final List<Endpoint> endpoints;

  PortalEvents(
      Webhooks webhooks, PortalSession session, PortalSearch search, List<Endpoint> endpoints) {
    this.webhooks = webhooks;
    this.session = session;
    this.search = search;
    this.endpoints = endpoints;
  }

  /**
   * Returns an event; empty if it does not exist, is outside this scope, or was removed by
   * retention.
   */
  public Optional<Event> find(EventId id) {
    Objects.requireNonNull(id, "id");
    return webhooks.events().find(session.site(), id).filter(this::isInScope);
  }

  private boolean isInScope(Event event) {
    return event.site().equals(session.site())
        && !event.type().equals(EventType.TEST)
        && !OperationalEvents.contains(event.type())
        && Channels.satisfied(event.options().labels(), session.labels());
  }

  /**
   * Returns the newest events with a given value in a data field, if the session may see that field
   * in their payloads.
   *
   * @param field one of {@link PortalAccess#searchFields}
   * @param limit how many matching events to examine, 1 to 500; fewer may be returned
   * @throws dev.hookferry.refusal.InvalidException if it is not one of the search fields
   */
  public List<Event> with(String field, String value, int limit) {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(value, "value");
    search.requireFields(Set.of(field));
    EventQuery query =
        EventQuery.ofSite(session.site()).labels(session.labels()).field(field, value).limit(limit);
    return webhooks.events().list(query).data().stream()
        .filter(this::isInScope)
        .filter(event -> search.isShown(event.type(), field))
        .toList();
  }

  /**
   * Explains for every endpoint of the session why it did or did not receive an event.
   *
   * @return one entry per endpoint, newest endpoint first; see {@link dev.hookferry.Events#routing}
   * @throws NotFoundException if the event is outside this scope
   */
  public List<ScopedRouting> routing(Event event) {
    if (!isInScope(Objects.requireNonNull(event, "event"))) {
      throw new NotFoundException("event", event.id());
    }
    return webhooks.events().routing(event, endpoints, newestDeliveries(event)).stream()
        .map(one -> new ScopedRouting(one, showsValue(event, one)))
        .toList();
  }

  private Map<EndpointId, Delivery> newestDeliveries(Event event) {
    Map<EndpointId, Delivery> newest = new HashMap<>();
    DeliveryQuery own =
        DeliveryQuery.ofSite(session.site()).event(event.id()).limit(PageRequest.MAX_LIMIT);
    String cursor = null;
    do {
      Page<Delivery> page = search.deliveries(own.after(cursor));
      page.data().forEach(one -> newest.putIfAbsent(one.endpoint(), one));
      cursor = page.next();
    } while (cursor != null);
    return newest;
  }

  private boolean showsValue(Event event, EndpointRouting routing) {
    FilterMismatch mismatch = routing.mismatch();
    return mismatch == null
        || mismatch.path().isEmpty()
        || search.isShown(event.type(), mismatch.path());
  }

  /**
   * Tries a filter on the newest events, as {@link dev.hookferry.Filters#onLast} does.
   *
   * @param types the event types to include
   * @param last the number of events, 1 to 1,000
   * @return the result; empty if the session may not see all fields that the filter uses, because
   *     the result would reveal their values
   * @throws dev.hookferry.refusal.OverloadedException while this node is trying another filter of
   *     the site
   */
  public Optional<FilterTrial> tried(Filter filter, List<EventTypeFilter> types, int last) {
    Objects.requireNonNull(filter, "filter");
    NoNulls.in(types, "types");
    List<EventTypeFilter> own =
        types.stream()
            .filter(type -> OperationalEvents.ALL.stream().noneMatch(type::matches))
            .toList();
    return search.showsAll(filter.paths(), own)
        ? Optional.of(
            webhooks.filters().onLast(session.site(), filter, own, session.labels(), last))
        : Optional.empty();
  }
}
