package dev.hookferry;

import dev.hookferry.body.BodyException;
import dev.hookferry.body.BodyMaker;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.MappedBody;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.routing.RoutingReason;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.internal.publish.EventFactory;
import dev.hookferry.internal.publish.EventResend;
import dev.hookferry.internal.publish.PublishCall;
import dev.hookferry.internal.query.DeliveryFinder;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.routing.EndpointRouting;
import dev.hookferry.site.Site;
import dev.hookferry.store.config.Config;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Publishes and reads events. Thread-safe. */
public final class Events {
  /** Maximum size of an event's data in bytes. */
  public static final int MAX_DATA = EventFactory.MAX_DATA;

  /** Maximum number of events in one batch. */
  public static final int MAX_TOGETHER = 1_000;

  /** Maximum number of endpoints in one call of {@link #resend}. */
  public static final int MAX_ENDPOINTS = EventResend.MAX;

  private final CoreServices services;

  Events(CoreServices services) {
    this.services = services;
  }

  /**
   * Accepts events, all or none, without blocking. They are validated and routed by a configuration
   * that contains every change acknowledged before this call, by any node.
   *
   * @param replyExecutor executor that completes the receipts, or null for Hookferry's own thread
   * @return completes once the events are durable; fails with a {@link
   *     dev.hookferry.refusal.RefusedException} if they are not accepted
   * @throws InvalidException with all problems that do not depend on the configuration
   */
  CompletableFuture<List<Receipt>> publish(
      SiteId site, List<NewEvent> events, @Nullable Executor replyExecutor) {
    Problems problems = new Problems();
    problems.require(
        !events.isEmpty() && events.size() <= MAX_TOGETHER,
        "",
        "must be 1 to " + MAX_TOGETHER + " events");
    problems.throwIfAny();
    Config config = services.configHolder().config();
    return new PublishCall(services, site, replyExecutor).run(config, events);
  }

  /**
   * Lists the events of a site, newest first. Blocks. A page may have fewer events than its limit,
   * although more follow: its payloads have 8 MiB at most, unless it is a single event.
   *
   * @throws InvalidException if it filters by a field that is not a search field of the site
   */
  public Page<Event> list(EventQuery query) {
    Objects.requireNonNull(query, "query");
    Site site = services.configHolder().site(query.site());
    IndexedEvents.requireFields(site, query.fields().keySet());
    return services.store().log().events(query);
  }

  /**
   * Determines whether a query for values of fields can miss events, because they were accepted
   * before one of the fields was a search field. Blocks.
   *
   * @return the time before which the store has events that may be missed; empty if there are none
   * @throws InvalidException as for {@link #list}
   */
  public Optional<Instant> notIndexedBefore(EventQuery query) {
    Objects.requireNonNull(query, "query");
    Site site = services.configHolder().site(query.site());
    Set<String> fields = query.fields().keySet();
    IndexedEvents.requireFields(site, fields);
    Instant now = services.clock().instant();
    return IndexedEvents.missedBefore(
        site, fields, query.accepted(), now, window -> hasAny(query.site(), window));
  }

  private boolean hasAny(SiteId site, TimeWindow window) {
    EventQuery any = EventQuery.ofSite(site).accepted(window).limit(1);
    return !services.store().log().events(any).data().isEmpty();
  }

  /** Returns an event with its deliveries, oldest first. Blocks. */
  public Details get(SiteId site, EventId id) {
    return details(find(site, id).orElseThrow(() -> new NotFoundException("event", id)));
  }

  /** Returns an event without its deliveries; empty if the site has none, or it has expired. */
  public Optional<Event> find(SiteId site, EventId id) {
    services.configHolder().site(site);
    Objects.requireNonNull(id, "id");
    return services.store().log().event(site, id);
  }

  /** Returns the event that was published with this {@code Idempotency-Key}; see {@link #find}. */
  public Optional<Event> findByKey(SiteId site, String idempotencyKey) {
    services.configHolder().site(site);
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    return services.store().log().eventByKey(site, idempotencyKey);
  }

  /** Returns an event that was already read, with its deliveries. Blocks. */
  public Details details(Event event) {
    Objects.requireNonNull(event, "event");
    services.configHolder().site(event.site());
    DeliveryFinder finder = new DeliveryFinder(services.store().log(), services.configHolder());
    return new Details(event, finder.ofEvent(event));
  }

  /**
   * Returns the event that was published with this {@code Idempotency-Key}, with its deliveries.
   * Blocks.
   *
   * @throws NotFoundException if the site has no such event, or it has expired
   */
  public Details getByKey(SiteId site, String idempotencyKey) {
    return details(
        findByKey(site, idempotencyKey)
            .orElseThrow(() -> new NotFoundException("event with the key", idempotencyKey)));
  }

  /**
   * Resends an event to endpoints of its site, whether or not they are subscribed to its type. An
   * endpoint that already has a delivery of the event gets one extra attempt; another one gets a
   * new delivery. Either all new deliveries are accepted or none. If an endpoint is paused, or the
   * site's webhooks are off, its delivery is held.
   *
   * @return the deliveries to these endpoints, once they are durable
   * @throws NotFoundException if the site has no such event, or it has expired
   * @throws InvalidException if an endpoint is not in this site, or none or too many are named
   */
  public CompletableFuture<List<Delivery>> resend(
      SiteId site, EventId id, List<EndpointId> endpoints) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(id, "id");
    NoNulls.in(endpoints, "endpoints");
    Event event = find(site, id).orElseThrow(() -> new NotFoundException("event", id));
    return new EventResend(services, event, endpoints).run();
  }

  /**
   * Builds the body that requests with an event would have. Sends nothing. Blocks, and calls a
   * mapper on this thread.
   *
   * @param body the body of an endpoint, or null for the site's envelope
   * @throws NotFoundException if the site has no such event, or it has expired
   * @throws InvalidException for the field {@code body} if it produces no body
   */
  public MappedBody previewBody(SiteId site, EventId id, @Nullable BodySettings body) {
    return made(services.configHolder().site(site), get(site, id).event(), body);
  }

  /**
   * Builds the body that requests would have if this event were published now. Publishes and sends
   * nothing. Calls a mapper on this thread.
   *
   * @param event the event; only its type, data, id, time and labels matter
   * @param body the body of an endpoint, or null for the site's envelope
   * @throws InvalidException if the data is not valid JSON or too large, or for the field {@code
   *     body} if it produces no body
   */
  public MappedBody previewBody(SiteId site, NewEvent event, @Nullable BodySettings body) {
    Objects.requireNonNull(event, "event");
    Site current = services.configHolder().site(site);
    if (event.data().size() > MAX_DATA) {
      throw InvalidException.of("data", "must be at most " + MAX_DATA + " bytes");
    }
    Instant now = services.clock().instant();
    Instant at = event.time(now);
    Envelope envelope = current.settings().envelope();
    EventId id = event.id() == null ? EventId.of(services.ids().next(now)) : event.id();
    Payload payload = envelope.wrap(event.type(), at, event.data());
    EventOptions options = EventOptions.NONE.withLabels(event.labels());
    boolean isRaw = envelope.style() == Envelope.Style.RAW;
    return made(
        current,
        new Event(id, site, event.type(), at, now, payload, null)
            .with(isRaw ? options.asUnwrapped() : options),
        body);
  }

  /** Returns the names of this program's body mappers, sorted. */
  public Set<String> bodyMappers() {
    return services.process().bodies().mappers();
  }

  private MappedBody made(Site site, Event event, @Nullable BodySettings body) {
    BodyMaker bodies = services.process().bodies();
    bodies.requireMapper(body);
    try {
      return body == null
          ? MappedBody.json(event.payload())
          : bodies.make(body, event, site.settings().envelope());
    } catch (BodyException e) {
      throw InvalidException.of("body", e.reason());
    }
  }

  /**
   * Explains why each endpoint of a site did or did not get an event. Deliveries are taken from the
   * log; where there is none, the reason is derived from the current settings. Blocks.
   *
   * @return the endpoints, newest first
   * @throws NotFoundException if the site has no such event, or it has expired
   */
  public Page<EndpointRouting> routing(SiteId site, EventId id, PageRequest page) {
    Objects.requireNonNull(page, "page");
    Details details = get(site, id);
    Map<EndpointId, Delivery> deliveries = new HashMap<>();
    details.deliveries().forEach(delivery -> deliveries.put(delivery.endpoint(), delivery));
    Page<Endpoint> part = new Endpoints(services).list(site, page);
    return new Page<>(routing(details.event(), part.data(), deliveries), part.next());
  }

  /**
   * Explains why endpoints did or did not get an event. Reads the event's data once. Does not
   * block.
   *
   * @param endpoints of the event's site
   * @param deliveries of the event, by endpoint; those of other endpoints are ignored
   * @return in the order of the endpoints
   */
  public List<EndpointRouting> routing(
      Event event, List<Endpoint> endpoints, Map<EndpointId, Delivery> deliveries) {
    Objects.requireNonNull(event, "event");
    NoNulls.in(endpoints, "endpoints");
    NoNulls.in(deliveries, "deliveries");
    Site site = services.configHolder().site(event.site());
    List<Filter> filters =
        endpoints.stream()
            .filter(endpoint -> !deliveries.containsKey(endpoint.id()))
            .map(Endpoint::filter)
            .filter(Objects::nonNull)
            .toList();
    Map<Filter, FilterMismatch> mismatches =
        filters.isEmpty() ? Map.of() : FilterSet.of(filters).explain(Envelope.dataOf(event));
    return endpoints.stream()
        .map(
            endpoint ->
                RoutingReason.of(site, event, endpoint, deliveries.get(endpoint.id()), mismatches))
        .toList();
  }

  /**
   * An event with its deliveries.
   *
   * @param deliveries oldest first; empty if no endpoint was subscribed
   */
  public record Details(Event event, List<Delivery> deliveries) {
    public Details {
      Objects.requireNonNull(event, "event");
      Objects.requireNonNull(deliveries, "deliveries");
      deliveries = List.copyOf(deliveries);
    }
  }
}
