package dev.hookferry.query;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.EnumSet;
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

  private static final Set<DeliveryState> ALL_STATES =
      Set.copyOf(EnumSet.allOf(DeliveryState.class));

  private final SiteId site;
  private final Set<DeliveryState> states;
  private final EndpointScope endpoints;
  private final @Nullable EventId event;
  private final @Nullable EventType type;
  private final TimeWindow created;
  private final PageRequest page;

  private DeliveryQuery(
      SiteId site,
      Set<DeliveryState> states,
      EndpointScope endpoints,
      @Nullable EventId event,
      @Nullable EventType type,
      TimeWindow created,
      PageRequest page) {
    this.site = site;
    this.states = states;
    this.endpoints = endpoints;
    this.event = event;
    this.type = type;
    this.created = created;
    this.page = page;
  }

  /** Returns a query for the newest 50 deliveries of a site. */
  public static DeliveryQuery ofSite(SiteId site) {
    Objects.requireNonNull(site, "site");
    return new DeliveryQuery(
        site, ALL_STATES, EndpointScope.ALL, null, null, TimeWindow.ALL, PageRequest.FIRST);
  }

  /** Returns a copy for deliveries in this state; in any if null. */
  public DeliveryQuery state(@Nullable DeliveryState only) {
    return states(only == null ? ALL_STATES : Set.of(only));
  }

  /**
   * Returns a copy for deliveries in any of these states; in all by default. Stores ignore {@code
   * HELD}, since held deliveries are stored as pending; {@link dev.hookferry.Deliveries#list} tells
   * the two apart.
   */
  public DeliveryQuery states(Set<DeliveryState> any) {
    Objects.requireNonNull(any, "any");
    return new DeliveryQuery(site, Set.copyOf(any), endpoints, event, type, created, page);
  }

  /** Returns a copy for deliveries to this endpoint; to any if null. */
  public DeliveryQuery endpoint(@Nullable EndpointId only) {
    return endpoints(only == null ? EndpointScope.ALL : EndpointScope.only(Set.of(only)));
  }

  /** Returns a copy for deliveries to these endpoints. */
  public DeliveryQuery endpoints(EndpointScope scope) {
    Objects.requireNonNull(scope, "scope");
    return new DeliveryQuery(site, states, scope, event, type, created, page);
  }

  /** Returns a copy for deliveries of this event; of any if null. */
  public DeliveryQuery event(@Nullable EventId only) {
    return new DeliveryQuery(site, states, endpoints, only, type, created, page);
  }

  /** Returns a copy for deliveries of this event type; of any if null. */
  public DeliveryQuery type(@Nullable EventType only) {
    return new DeliveryQuery(site, states, endpoints, event, only, created, page);
  }

  /** Returns a copy for deliveries that were created within this time. */
  public DeliveryQuery created(TimeWindow when) {
    Objects.requireNonNull(when, "when");
    return new DeliveryQuery(site, states, endpoints, event, type, when, page);
  }

  /** Returns a copy for another page. */
  public DeliveryQuery page(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new DeliveryQuery(site, states, endpoints, event, type, created, part);
  }

  /**
   * Returns a copy for pages of this size: 1 to 500 entries.
   *
   * @throws dev.hookferry.refusal.InvalidException if the size is out of bounds
   */
  public DeliveryQuery limit(int most) {
    return page(PageRequest.of(most).after(page.cursor()));
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
    return states;
  }

  /** Returns the endpoints to match. */
  public EndpointScope endpoints() {
    return endpoints;
  }

  /** Returns the event, or null for all. */
  public @Nullable EventId event() {
    return event;
  }

  /** Returns the event type, or null for all. */
  public @Nullable EventType type() {
    return type;
  }

  /** Returns when the deliveries were created. */
  public TimeWindow created() {
    return created;
  }

  /** Returns the page. */
  public PageRequest page() {
    return page;
  }

  /** Returns whether a delivery matches; for stores that filter in memory. */
  public boolean matches(Delivery delivery) {
    Objects.requireNonNull(delivery, "delivery");
    return states.contains(delivery.state())
        && (event == null || event.equals(delivery.event()))
        && delivery.site().equals(site)
        && (type == null || type.equals(delivery.type()))
        && endpoints.contains(delivery.endpoint())
        && created.contains(delivery.createdAt());
  }

  @Override
  public String toString() {
    return String.format(
        "deliveries of %s: states %s, %s, event %s, type %s, created %s, page %s",
        site, states, endpoints, event, type, created, page);
  }
}
