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
 * The events of a portal session, also those that none of its endpoints got: events with the labels
 * of its link, other than tests and {@linkplain OperationalEvents operational} ones. Any other
 * event is treated as if it did not exist. Thread-safe; methods block.
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

  /** Returns an event; empty if there is none, it lies outside, or retention has removed it. */
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
   * Returns the newest events that have a value in a field of their data and whose payloads show
   * that field.
   *
   * @param field one of {@link PortalAccess#searchFields}
   * @param limit how many to look at, 1 to 500
   * @throws dev.hookferry.refusal.InvalidException if the field is not one of these
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
   * Explains for every endpoint of the session why it got an event, or did not.
   *
   * @return newest endpoint first; see {@link dev.hookferry.Events#routing}
   * @throws NotFoundException if the event lies outside
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
   * @param types only events that one of these matches
   * @param last the number of events, 1 to 1,000
   * @return empty if payloads do not show all fields of the filter: its result would tell what they
   *     contain
   * @throws dev.hookferry.refusal.OverloadedException if this node tries another filter of the site
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
