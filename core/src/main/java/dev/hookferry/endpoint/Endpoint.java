package dev.hookferry.endpoint;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.body.VersionedBody;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A registered URL with its subscription and settings. Immutable.
 *
 * @param id unique id
 * @param site the site that it belongs to
 * @param url where requests go
 * @param settings its subscription and the settings of its requests
 * @param status whether deliveries are sent and, if not, why
 * @param createdAt when it was registered
 * @param expiryNotices the expiry notices already given for its certificates and signatures, so
 *     that none is repeated
 * @param ownership the party that its URL comes from and the party that manages it
 */
public record Endpoint(
    EndpointId id,
    SiteId site,
    TargetUrl url,
    EndpointSettings settings,
    EndpointStatus status,
    Instant createdAt,
    Set<String> expiryNotices,
    Ownership ownership) {
  public Endpoint {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(expiryNotices, "expiryNotices");
    Objects.requireNonNull(ownership, "ownership");
    expiryNotices = Set.copyOf(expiryNotices);
  }

  /** Creates an operator-managed endpoint for which no expiry notice has been given. */
  public Endpoint(
      EndpointId id,
      SiteId site,
      TargetUrl url,
      EndpointSettings settings,
      EndpointStatus status,
      Instant createdAt) {
    this(id, site, url, settings, status, createdAt, Set.of(), Ownership.DEFAULT);
  }

  /** Returns the event types that it subscribes to, at least one filter. */
  public List<EventTypeFilter> eventTypes() {
    return settings.eventTypes();
  }

  /** Returns the human-readable note. */
  public String description() {
    return settings.description();
  }

  /** Returns its display name: the description, or the URL if there is none. */
  public String name() {
    return description().isEmpty() ? url.text() : description();
  }

  /** Returns the headers that are sent with every request. */
  public List<CustomHeader> headers() {
    return settings.headers();
  }

  /** Returns how requests are signed. */
  public EndpointSigning signing() {
    return settings.signing();
  }

  /**
   * Returns the secrets that signed requests at this time and are still known, newest first. A
   * secret with an unknown creation time counts as created with the endpoint.
   */
  public List<EndpointSecret> secretsAt(Instant when) {
    Objects.requireNonNull(when, "when");
    return signing().secrets().stream()
        .filter(secret -> secret.isActive(when))
        .filter(secret -> isFirst(secret) || !madeAt(secret).isAfter(when))
        .toList();
  }

  /**
   * Returns whether all secrets that signed requests at this time are still known. Rotations drop
   * expired secrets.
   */
  public boolean knowsSecretsAt(Instant when) {
    Objects.requireNonNull(when, "when");
    List<EndpointSecret> secrets = signing().secrets();
    return secrets.isEmpty()
        || secrets.stream()
            .anyMatch(
                one ->
                    isFirst(one) || !when.isBefore(madeAt(one).plus(EndpointSigning.MAX_OVERLAP)));
  }

  /** Returns whether a secret was created together with the endpoint, as its first one. */
  private boolean isFirst(EndpointSecret secret) {
    return !madeAt(secret).isAfter(createdAt);
  }

  private Instant madeAt(EndpointSecret secret) {
    return Objects.requireNonNullElse(secret.createdAt(), createdAt);
  }

  /** Returns its own retry settings, or null if it follows the site's. */
  public @Nullable RetrySettings retry() {
    return settings.retry();
  }

  /** Returns its own time limit of an attempt, or null if it follows the site's. */
  public @Nullable Duration timeout() {
    return settings.timeout();
  }

  /** Returns the credentials that requests carry, or null for none. */
  public @Nullable EndpointAuth auth() {
    return settings.request().auth();
  }

  /** Returns its own body, or the site's envelope. */
  public VersionedBody body() {
    return settings.request().body();
  }

  /** Returns the certificates of its TLS connections. */
  public EndpointTls tls() {
    return settings.request().tls();
  }

  /** Returns the name of the egress that its connections use, or null for the site's. */
  public @Nullable String egress() {
    return settings.request().egress();
  }

  /** Returns which statuses of a response count as success. */
  public SuccessStatuses successStatuses() {
    return settings.request().successStatuses();
  }

  /** Returns the uid that the caller assigned; null if there is none. */
  public @Nullable String uid() {
    return settings.uid();
  }

  /** Returns the labels that events must have, sorted by name; empty if it requires none. */
  public Map<String, String> labels() {
    return settings.labels();
  }

  /** Returns the metadata for the caller's programs, sorted by name. */
  public Map<String, String> metadata() {
    return settings.metadata();
  }

  /** Returns the condition on the data of its events, or null if it has no filter. */
  public @Nullable Filter filter() {
    return settings.filter();
  }

  /** Returns the order in which deliveries are sent. */
  public DeliveryOrder order() {
    return settings.order();
  }

  /** Returns its own limits, or null if it follows the site's. */
  public @Nullable SendLimits limits() {
    return settings.limits();
  }

  /**
   * Returns a new delivery of an event to this endpoint, in the queue of its ordering key if the
   * endpoint keeps an order.
   */
  public Delivery delivery(DeliveryId delivery, Event event) {
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(event, "event");
    return Delivery.of(delivery, event, id).inOrder(order().queueOf(event.options().orderingKey()));
  }

  /** Returns whether it subscribes to this event type. */
  public boolean isSubscribedTo(EventType type) {
    Objects.requireNonNull(type, "type");
    return eventTypes().stream().anyMatch(filter -> filter.matches(type));
  }

  /** Returns whether it is enabled; while it is not, its deliveries are held. */
  public boolean enabled() {
    return status.enabled();
  }

  /** Returns a copy with the given status. */
  public Endpoint with(EndpointStatus changed) {
    Objects.requireNonNull(changed, "changed");
    return new Endpoint(id, site, url, settings, changed, createdAt, expiryNotices, ownership);
  }

  /** Returns a copy with changed settings. */
  public Endpoint with(UnaryOperator<EndpointSettings.Builder> change) {
    Objects.requireNonNull(change, "change");
    EndpointSettings changed = change.apply(settings.toBuilder()).build();
    return new Endpoint(id, site, url, changed, status, createdAt, expiryNotices, ownership);
  }

  /** Returns a copy with the given expiry notices. */
  public Endpoint withExpiryNotices(Set<String> given) {
    Objects.requireNonNull(given, "given");
    return new Endpoint(id, site, url, settings, status, createdAt, given, ownership);
  }

  /** Returns a copy with the given ownership. */
  public Endpoint with(Ownership ownership) {
    Objects.requireNonNull(ownership, "ownership");
    return new Endpoint(id, site, url, settings, status, createdAt, expiryNotices, ownership);
  }
}
