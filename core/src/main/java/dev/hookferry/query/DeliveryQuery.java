package dev.hookferry.query;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.InvalidException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query for deliveries. They are ordered by id, newest first: {@code
 * DeliveryQuery.ofSite(site).state(DeliveryState.EXHAUSTED).limit(100)}. Immutable; each method
 * returns a copy.
 */
public final class DeliveryQuery {
  /** All states that are stored. */
  public static final Set<DeliveryState> STORED_STATES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(DeliveryState.HELD)));

  private static final int HIGHEST_CLASS = 5;

  private final SiteId site;
  private final DeliveryMatch match;
  private final Map<String, String> fields;
  private final TimeWindow created;
  private final PageRequest page;

  private DeliveryQuery(
      SiteId site,
      DeliveryMatch match,
      Map<String, String> fields,
      TimeWindow created,
      PageRequest page) {
    this.site = site;
    this.match = match;
    this.fields = fields;
    this.created = created;
    this.page = page;
  }

  /** Returns a query for the newest 50 deliveries of a site. */
  public static DeliveryQuery ofSite(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new DeliveryQuery(site, DeliveryMatch.ANY, Map.of(), TimeWindow.ALL, PageRequest.FIRST);
  }

  private DeliveryQuery match(DeliveryMatch match) {
    return new DeliveryQuery(site, match, fields, created, page);
  }

  /** Returns a copy that matches only this state; null matches any state. */
  public DeliveryQuery state(@Nullable DeliveryState only) {
    return states(only == null ? DeliveryMatch.ALL_STATES : Set.of(only));
  }

  /**
   * Returns a copy that matches only these states; the default matches all. Stores ignore {@code
   * HELD}, since held deliveries are stored as pending; {@link dev.hookferry.Deliveries#list} tells
   * the two apart.
   */
  public DeliveryQuery states(Set<DeliveryState> any) {
    NoNulls.in(any, "any");
    return match(match.withStates(Set.copyOf(any)));
  }

  /** Returns a copy that matches only this endpoint; null matches any endpoint. */
  public DeliveryQuery endpoint(@Nullable EndpointId only) {
    return endpoints(only == null ? EndpointScope.ALL : EndpointScope.only(Set.of(only)));
  }

  /** Returns a copy for deliveries to these endpoints. */
  public DeliveryQuery endpoints(EndpointScope scope) {
    Objects.requireNonNull(scope, "scope");
    return match(match.withEndpoints(scope));
  }

  /** Returns a copy for pending deliveries to these endpoints only, and all in other states. */
  public DeliveryQuery pendingEndpoints(EndpointScope scope) {
    Objects.requireNonNull(scope, "scope");
    return match(match.withPendingEndpoints(scope));
  }

  /** Returns a copy that matches only this event; null matches any event. */
  public DeliveryQuery event(@Nullable EventId only) {
    return match(match.withEvent(only));
  }

  /** Returns a copy that matches only this event type; null matches any type. */
  public DeliveryQuery type(@Nullable EventType only) {
    return types(only == null ? Set.of() : Set.of(only));
  }

  /** Returns a copy that matches only these event types; an empty set matches all types. */
  public DeliveryQuery types(Set<EventType> any) {
    NoNulls.in(any, "any");
    return types(TypeScope.of(any));
  }

  /** Returns a copy for deliveries of these event types. */
  public DeliveryQuery types(TypeScope scope) {
    Objects.requireNonNull(scope, "scope");
    return match(match.withTypes(match.types().among(scope)));
  }

  /**
   * Returns a copy that matches only event types with this pattern; null matches all types. Only
   * {@link dev.hookferry.Deliveries#list} supports it; stores ignore it.
   */
  public DeliveryQuery typePattern(@Nullable EventTypeFilter only) {
    return match(match.withTypes(match.types().matching(only)));
  }

  /**
   * Returns a copy for deliveries whose last attempt got a response in this status class; null
   * removes the filter. Only {@link dev.hookferry.Deliveries#list} supports it; stores ignore it.
   *
   * @param only the first digit: 1 to 5
   * @throws InvalidException if it is out of bounds
   */
  public DeliveryQuery statusClass(@Nullable Integer only) {
    if (only != null && (only < 1 || only > HIGHEST_CLASS)) {
      throw InvalidException.of("statusClass", "must be from 1 to " + HIGHEST_CLASS);
    }
    return match(match.withStatus(match.statusCode(), only));
  }

  /**
   * Returns a copy for deliveries whose last attempt got a response with this HTTP status; null
   * removes the filter. Only {@link dev.hookferry.Deliveries#list} supports it; stores ignore it.
   */
  public DeliveryQuery statusCode(@Nullable Integer only) {
    return match(match.withStatus(only, match.statusClass()));
  }

  /**
   * Returns a copy for deliveries of events that have this value in a field of their data, in
   * addition to the fields already required; see {@link EventQuery#field}.
   *
   * @throws dev.hookferry.refusal.InvalidException if no event can have such a field
   */
  public DeliveryQuery field(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Map<String, String> more = new HashMap<>(fields);
    more.put(name, value);
    return fields(more);
  }

  /** Returns a copy for deliveries of events with exactly these values; see {@link #field}. */
  public DeliveryQuery fields(Map<String, String> all) {
    NoNulls.in(all, "all");
    return new DeliveryQuery(site, match, SearchFields.forQuery(all), created, page);
  }

  /** Returns a copy for deliveries that were created within this time. */
  public DeliveryQuery created(TimeWindow when) {
    Objects.requireNonNull(when, "when");
    return new DeliveryQuery(site, match, fields, when, page);
  }

  /** Returns a copy that leaves out deliveries of the event type {@code test}. */
  public DeliveryQuery withoutTests() {
    return withoutTypes(Set.of(EventType.TEST));
  }

  /** Returns a copy that also leaves out these event types. */
  public DeliveryQuery withoutTypes(Set<EventType> some) {
    NoNulls.in(some, "some");
    return match(match.withTypes(match.types().without(some)));
  }

  /** Returns a copy for another page. */
  public DeliveryQuery page(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new DeliveryQuery(site, match, fields, created, part);
  }

  /**
   * Returns a copy for pages of this size: 1 to 500 entries.
   *
   * @throws dev.hookferry.refusal.InvalidException if the size is out of bounds
   */
  public DeliveryQuery limit(int max) {
    return page(PageRequest.of(max).after(page.cursor()));
  }

  /** Returns a copy for the page at a cursor: {@link Page#next}, or null for the first page. */
  public DeliveryQuery after(@Nullable String next) {
    return page(page.after(next));
  }

  /** Returns the site to search. */
  public SiteId site() {
    return site;
  }

  /** Returns the states to match. */
  public Set<DeliveryState> states() {
    return match.states();
  }

  /** Returns the endpoints to match. */
  public EndpointScope endpoints() {
    return match.endpoints();
  }

  /** Returns the endpoints to which pending deliveries match. */
  public EndpointScope pendingEndpoints() {
    return match.pendingEndpoints();
  }

  /** Returns the event, or null for all. */
  public @Nullable EventId event() {
    return match.event();
  }

  /** Returns the event types. */
  public TypeScope types() {
    return match.types().any();
  }

  /** Returns the HTTP status of the last response, or null for all. */
  public @Nullable Integer statusCode() {
    return match.statusCode();
  }

  /** Returns the pattern that event types must match, or null for all. */
  public @Nullable EventTypeFilter typePattern() {
    return match.types().pattern();
  }

  /** Returns the class of the HTTP status of the last response, 1 to 5, or null for all. */
  public @Nullable Integer statusClass() {
    return match.statusClass();
  }

  /** Returns whether no index covers this query, so pages may be shorter than the limit. */
  public boolean isScan() {
    return statusCode() != null || statusClass() != null || typePattern() != null;
  }

  /** Returns the values that fields of the events' data must have, by name; empty for all. */
  public Map<String, String> fields() {
    return fields;
  }

  /** Returns when the deliveries were created. */
  public TimeWindow created() {
    return created;
  }

  /** Returns whether deliveries of the event type {@code test} are among those to find. */
  public boolean includesTests() {
    return !excludedTypes().contains(EventType.TEST);
  }

  /** Returns the event types that are left out. */
  public Set<EventType> excludedTypes() {
    return match.types().excluded();
  }

  /** Returns the page. */
  public PageRequest page() {
    return page;
  }

  /** Returns whether a delivery matches, ignoring its response and {@link #fields()}. */
  public boolean matches(Delivery delivery) {
    Objects.requireNonNull(delivery, "delivery");
    return delivery.site().equals(site)
        && match.holds(delivery)
        && created.contains(delivery.createdAt());
  }

  /** Returns whether the event of a delivery has the values of {@link #fields()}. */
  public boolean matchesFields(Event event) {
    Objects.requireNonNull(event, "event");
    return event.options().searchFields().entrySet().containsAll(fields.entrySet());
  }

  @Override
  public String toString() {
    String where = fields.isEmpty() ? "" : ", fields " + fields;
    return "deliveries of " + site + ": " + match + where + ", created " + created + ", " + page;
  }
}
