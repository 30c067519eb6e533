package dev.hookferry.portal;

import dev.hookferry.Deliveries;
import dev.hookferry.Endpoints;
import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.Party;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.internal.Reversed;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.signing.SigningSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Access of one portal session, limited to the endpoints with the labels of its link and to their
 * deliveries. Anything else is treated as if it did not exist. Calls that the link does not permit
 * throw a {@link NotPermittedException}. Thread-safe; methods block.
 */
public final class PortalAccess {
  /** Maximum number of endpoints that customers can have within one scope. */
  public static final int MAX_ENDPOINTS = 50;

  /** Maximum number of deliveries that {@link #retryAll} retries. */
  public static final int MAX_RETRIES = 500;

  private final Webhooks webhooks;
  private final PortalSession session;
  private final PortalLimits limits;
  private final PortalLimits.CustomerScope scope;
  private final PortalRetries retries;

  PortalAccess(Webhooks webhooks, PortalSession session, PortalLimits limits) {
    this.webhooks = webhooks;
    this.session = session;
    this.limits = limits;
    scope = new PortalLimits.CustomerScope(session.site(), session.labels());
    retries = new PortalRetries(webhooks, scope, limits);
  }

  /** Returns the session. */
  public PortalSession session() {
    return session;
  }

  /** Returns whether the link permits a capability. */
  public boolean can(PortalCapability capability) {
    return session.can().contains(Objects.requireNonNull(capability, "capability"));
  }

  /** Returns this object; throws if the link does not permit the capability. */
  public PortalAccess requirePermitted(PortalCapability capability) {
    require(Objects.requireNonNull(capability, "capability"));
    return this;
  }

  /** Returns whether the link permits a capability on this endpoint, if the customer manages it. */
  public boolean can(PortalCapability capability, Endpoint endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    return can(capability) && endpoint.ownership().managedBy() == Party.CUSTOMER;
  }

  /**
   * Returns the endpoint if this session may change it.
   *
   * @param capability the capability that the link must permit
   * @throws NotPermittedException if the link forbids it, or the operator manages the endpoint
   */
  public Endpoint requireChangeable(Endpoint endpoint, PortalCapability capability) {
    require(Objects.requireNonNull(capability, "capability"));
    if (Objects.requireNonNull(endpoint, "endpoint").ownership().managedBy() == Party.OPERATOR) {
      throw NotPermittedException.ofManaged();
    }
    return endpoint;
  }

  private void require(PortalCapability capability) {
    if (!can(capability)) {
      throw new NotPermittedException(capability);
    }
  }

  /** Returns the endpoints of this scope, newest first. */
  public List<Endpoint> endpoints() {
    return webhooks.endpoints().all(session.site()).stream()
        .filter(session.grant()::leadsTo)
        .toList();
  }

  /**
   * Returns an endpoint.
   *
   * @throws NotFoundException if it does not exist or is outside this scope
   */
  public Endpoint endpoint(EndpointId id) {
    Objects.requireNonNull(id, "id");
    return Optional.of(webhooks.endpoints().get(session.site(), id))
        .filter(session.grant()::leadsTo)
        .orElseThrow(() -> new NotFoundException("endpoint", id));
  }

  /** Returns the event types that customers can subscribe to, with their descriptions. */
  public List<EventTypeDefinition> eventTypes() {
    return webhooks.eventTypes().all(session.site());
  }

  /** Returns the data fields that queries here may use in {@link DeliveryQuery#field}. */
  public List<String> searchFields() {
    return search().fields();
  }

  private PortalSearch search() {
    return new PortalSearch(webhooks, session, mine());
  }

  private Set<EndpointId> mine() {
    return endpoints().stream().map(Endpoint::id).collect(Collectors.toSet());
  }

  /**
   * Returns deliveries, newest first; the query's site and endpoints are narrowed to this scope.
   *
   * @throws InvalidException if a field of the query is not one of {@link #searchFields}
   */
  public Page<Delivery> deliveries(DeliveryQuery query) {
    return search().deliveries(Objects.requireNonNull(query, "query"));
  }

  /** Returns since when a search is complete; see {@link Deliveries#notIndexedBefore}. */
  public Optional<Instant> notIndexedBefore(DeliveryQuery query) {
    return search().notIndexedBefore(Objects.requireNonNull(query, "query"));
  }

  /**
   * Returns a delivery.
   *
   * @throws NotFoundException if it does not exist or is outside this scope
   */
  public Delivery delivery(DeliveryId id) {
    Objects.requireNonNull(id, "id");
    return Optional.of(webhooks.deliveries().get(session.site(), id))
        .filter(one -> session.grant().leadsTo(webhooks, session.site(), one.endpoint()))
        .orElseThrow(() -> new NotFoundException("delivery", id));
  }

  /** Returns up to 500 attempts of a delivery, oldest first; if there are more, the newest 500. */
  public List<Attempt> attempts(DeliveryId id) {
    AttemptQuery all = AttemptQuery.ofSite(session.site()).delivery(delivery(id).id());
    return Reversed.reversed(
        webhooks.deliveries().attempts(all.limit(PageRequest.MAX_LIMIT)).data());
  }

  /** Returns the event of a delivery; empty if retention has removed it. */
  public Optional<Event> event(DeliveryId id) {
    return webhooks.events().find(session.site(), delivery(id).event());
  }

  /** Returns the facade that finds events and explains where they were routed. */
  public PortalEvents events() {
    return new PortalEvents(webhooks, session, search(), endpoints());
  }

  /** Retries a delivery, as {@link dev.hookferry.Deliveries#retry} does. */
  public CompletableFuture<Delivery> retry(DeliveryId id) {
    DeliveryId found = delivery(id).id();
    require(PortalCapability.RETRY);
    return webhooks.deliveries().retry(session.site(), found);
  }

  /**
   * Retries the newest matching failed deliveries, except tests; at most {@link #MAX_RETRIES}.
   *
   * @return the number of deliveries being retried
   * @throws dev.hookferry.refusal.OverloadedException while the scope counts, replays or retries
   */
  public int retryAll(DeliveryQuery query) {
    Objects.requireNonNull(query, "query");
    require(PortalCapability.RETRY);
    DeliveryQuery failed = query.withoutTests().states(ReplayWindow.FAILED).after(null);
    return retries.all(
        () -> deliveries(failed.limit(MAX_RETRIES)).data().stream().map(Delivery::id).toList());
  }

  /**
   * Retries these deliveries. Skips any that are outside this scope, whose endpoint was removed, or
   * that wait behind another delivery.
   *
   * @param ids 1 to {@link #MAX_RETRIES}
   * @return the number of deliveries being retried
   * @throws dev.hookferry.refusal.OverloadedException while the scope counts, replays or retries
   */
  public int retryAll(Collection<DeliveryId> ids) {
    require(PortalCapability.RETRY);
    return retries.retryOf(ids, mine());
  }

  /** Returns the facade for missed events; requires {@link PortalCapability#RETRY}. */
  public MissedEvents missedEvents(EndpointId id) {
    Endpoint endpoint = endpoint(id);
    require(PortalCapability.RETRY);
    return new MissedEvents(webhooks, scope, limits, endpoint.id());
  }

  /**
   * Immediately sends an event type's example, or a test event, to an endpoint.
   *
   * @throws dev.hookferry.refusal.OverloadedException after 20 tests by the scope within a minute,
   *     or while two tests of the scope, or eight in all, are in flight
   */
  public CompletableFuture<Attempt> test(EndpointId id, EventType type) {
    Objects.requireNonNull(type, "type");
    Endpoint endpoint = endpoint(id);
    require(PortalCapability.TEST);
    return limits.test(scope, () -> webhooks.endpoints().test(session.site(), endpoint.id(), type));
  }

  /**
   * Creates an endpoint with the labels of the link.
   *
   * @throws InvalidException if its URL breaks the strict rule, even if the operator allows it
   * @throws dev.hookferry.refusal.ConflictException if there are already {@link #MAX_ENDPOINTS}
   */
  public Endpoints.Registered create(EndpointSpec spec) {
    Objects.requireNonNull(spec, "spec");
    require(PortalCapability.MANAGE);
    EndpointSpec owned = CustomerSpec.created(spec, session.labels());
    return limits.inTurn(
        scope,
        () ->
            CustomerSpec.strictly(
                owned, () -> CustomerSpec.create(webhooks, session.site(), endpoints(), owned)));
  }

  /**
   * Changes an endpoint, except for its labels. A new URL is checked as in {@link #create}.
   *
   * @throws NotPermittedException also if the operator manages the endpoint
   */
  public Endpoints.Changed change(EndpointId id, EndpointSpec spec) {
    Objects.requireNonNull(spec, "spec");
    Endpoint endpoint = requireChangeable(endpoint(id), PortalCapability.MANAGE);
    EndpointSpec owned = CustomerSpec.changed(spec, endpoint);
    return CustomerSpec.withoutOthers(
        CustomerSpec.strictly(
            owned, () -> webhooks.endpoints().change(session.site(), endpoint.id(), owned)));
  }

  /** Pauses an endpoint, which holds its deliveries. */
  public Endpoint pause(EndpointId id) {
    EndpointId changed = requireChangeable(endpoint(id), PortalCapability.MANAGE).id();
    EndpointSpec off = EndpointSpec.change().enabled(false);
    return webhooks.endpoints().change(session.site(), changed, off).endpoint();
  }

  /** Resumes an endpoint, as {@link Endpoints#resume} does. */
  public Endpoint resume(EndpointId id, @Nullable Integer perSecond) {
    EndpointId changed = requireChangeable(endpoint(id), PortalCapability.MANAGE).id();
    return webhooks.endpoints().resume(session.site(), changed, perSecond);
  }

  /** Removes an endpoint. */
  public void remove(EndpointId id) {
    EndpointId removed = requireChangeable(endpoint(id), PortalCapability.REMOVE).id();
    webhooks.endpoints().remove(session.site(), removed);
  }

  /** Rotates an endpoint's secret. During {@code overlap}, the old one signs as well. */
  public SigningSecret rotateSecret(EndpointId id, Duration overlap) {
    Objects.requireNonNull(overlap, "overlap");
    EndpointId changed = requireChangeable(endpoint(id), PortalCapability.SECRETS).id();
    return webhooks.endpoints().rotateSecret(session.site(), changed, overlap, null);
  }

  /** Returns an endpoint's custom headers with secret values masked. */
  public Map<String, String> headers(Endpoint endpoint) {
    return webhooks.endpoints().headers(endpoint);
  }
}
