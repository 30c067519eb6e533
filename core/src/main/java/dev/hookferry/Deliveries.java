package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.body.BodyException;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.HeaderView;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.internal.order.Rescheduler;
import dev.hookferry.internal.query.DeliveryFinder;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.signer.SignerException;
import dev.hookferry.site.Site;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.config.Config;
import dev.hookferry.transport.SentRequest;
import dev.hookferry.transport.SignedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Deliveries and the log of their attempts. Thread-safe; queries block, and throw {@link
 * dev.hookferry.store.StoreException} if the store fails.
 */
public final class Deliveries {
  private final CoreServices services;
  private final DeliveryFinder finder;

  Deliveries(CoreServices services) {
    this.services = services;
    finder = new DeliveryFinder(services.store().log(), services.configHolder());
  }

  /**
   * Returns a page of a site's deliveries, newest first; for a query with a status code but without
   * fields, by last attempt instead. If it {@linkplain DeliveryQuery#isScan has a status code, a
   * class of these, or a pattern of event types}, the page may be shorter than requested even if
   * there are more.
   *
   * @throws InvalidException if a field of the query is not one of the site's search fields
   */
  public Page<Delivery> list(DeliveryQuery query) {
    Objects.requireNonNull(query, "query");
    Site site = services.configHolder().site(query.site());
    IndexedEvents.requireFields(site, query.fields().keySet());
    return finder.page(query);
  }

  /**
   * Determines whether a query for values of fields can miss deliveries, because their events were
   * accepted before one of the fields was a search field.
   *
   * @return the time before which the store has deliveries to the query's endpoints that may be
   *     missed; empty if there are none
   * @throws InvalidException as for {@link #list}
   */
  public Optional<Instant> notIndexedBefore(DeliveryQuery query) {
    Objects.requireNonNull(query, "query");
    Site site = services.configHolder().site(query.site());
    Set<String> fields = query.fields().keySet();
    IndexedEvents.requireFields(site, fields);
    DeliveryQuery any = DeliveryQuery.ofSite(query.site()).endpoints(query.endpoints()).limit(1);
    Instant now = services.clock().instant();
    return IndexedEvents.missedBefore(
        site,
        fields,
        query.created(),
        now,
        when -> !finder.page(any.created(when)).data().isEmpty());
  }

  /**
   * Returns a delivery.
   *
   * @throws NotFoundException if the site has no such delivery
   */
  public Delivery get(SiteId site, DeliveryId id) {
    services.configHolder().site(site);
    Objects.requireNonNull(id, "id");
    Optional<Delivery> found = services.store().log().delivery(site, id);
    return found
        .map(finder::withHeldState)
        .orElseThrow(() -> new NotFoundException("delivery", id));
  }

  /** Returns why a delivery has not ended yet, or how it ended, as this node sees it now. */
  public DeliveryReason reason(Delivery delivery) {
    Objects.requireNonNull(delivery, "delivery");
    Endpoint endpoint = services.configHolder().config().endpoints().get(delivery.endpoint());
    boolean isIsolated =
        delivery.state() == DeliveryState.PENDING
            && services.runtime().holds().isIsolated(delivery.id());
    if (endpoint != null && isIsolated) {
      return DeliveryReason.isolated();
    }
    return endpoint == null
        ? DeliveryReason.withoutEndpoint(delivery)
        : DeliveryReason.of(
            delivery, new Endpoints(services).health(endpoint), services.clock().instant());
  }

  /** Returns a page of attempts, newest first. */
  public Page<Attempt> attempts(AttemptQuery query) {
    Objects.requireNonNull(query, "query");
    services.configHolder().site(query.site());
    EndpointId endpoint = query.endpoint();
    return endpoint != null && finder.isElsewhere(query.site(), endpoint)
        ? new Page<>(List.of(), null)
        : services.store().log().attempts(query);
  }

  /**
   * Returns the last attempt of each of these deliveries in one query; deliveries without an
   * attempt are left out.
   *
   * @param deliveries of this site, at most 500
   */
  public Map<DeliveryId, Attempt> lastAttempts(SiteId site, Set<DeliveryId> deliveries) {
    services.configHolder().site(site);
    NoNulls.in(deliveries, "deliveries");
    return deliveries.isEmpty() ? Map.of() : services.store().log().lastAttempts(site, deliveries);
  }

  /**
   * Rebuilds the request that an attempt sent. Uses those secrets of the endpoint that {@linkplain
   * Endpoint#secretsAt signed then and are still known}, and the current headers, body settings and
   * QLM key, so it equals the original unless these have changed since. Blocks.
   *
   * @return empty if the endpoint was removed
   */
  public Optional<SentRequest> sent(Attempt attempt) {
    Objects.requireNonNull(attempt, "attempt");
    Optional<Event> event = services.store().log().event(attempt.site(), attempt.event());
    return sent(attempt, event.orElseThrow(() -> new NotFoundException("event", attempt.event())));
  }

  /**
   * Rebuilds the request that an attempt sent, given its event. Empty if nothing was sent, the
   * endpoint was removed, or its current settings do not allow it: the URL needs other routing
   * values, no body can be made, or the signer does not sign.
   */
  public Optional<SentRequest> sent(Attempt attempt, Event event) {
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(event, "event");
    Config config = services.configHolder().config();
    Endpoint endpoint = config.endpoints().get(attempt.endpoint());
    if (endpoint == null
        || !endpoint.site().equals(attempt.site())
        || attempt.outcome().kind() == OutcomeKind.NOT_ROUTABLE
        || (attempt.outcome().kind().failedBeforeReceiver() && attempt.outcome().response() == null)
        || attempt.outcome().kind() == OutcomeKind.BODY_FAILED
        || endpoint.url().problem(event.options().routing()).isPresent()) {
      return Optional.empty();
    }
    Delivery before = Delivery.of(attempt.delivery(), event, endpoint.id());
    for (int number = 1; number < attempt.number(); number++) {
      before = before.retryAt(before.dueAt());
    }
    Site site = ConfigHolder.site(config, attempt.site());
    SignedRequest request;
    try {
      request = services.runtime().request(attempt, before, event, site, asOf(endpoint, attempt));
    } catch (BodyException | SignerException e) {
      return Optional.empty();
    }
    return Optional.of(
        SentRequest.of(
            attempt.url(), request, endpoint, HeaderView.of(endpoint, services.cipher())));
  }

  /** Returns an endpoint with the secrets that it had when an attempt began. */
  private static Endpoint asOf(Endpoint endpoint, Attempt attempt) {
    List<EndpointSecret> then = endpoint.secretsAt(attempt.startedAt());
    EndpointSigning signing = endpoint.signing();
    return then.equals(signing.secrets())
        ? endpoint
        : endpoint.with(settings -> settings.signing(signing.with(signing.qlmSecret(), then)));
  }

  /**
   * Schedules one extra attempt now, regardless of the state. No effect while an attempt is in
   * flight. It counts: if it fails, a pending delivery continues with the next step of its
   * schedule. If the endpoint keeps the order by key, a delivery that had ended is queued behind
   * the unfinished ones of its ordering key.
   *
   * @return the delivery as it is afterwards; fails with a {@link ConflictException} if it waits
   *     behind another one
   * @throws ConflictException if its endpoint was removed
   */
  public CompletableFuture<Delivery> retry(SiteId site, DeliveryId id) {
    Delivery delivery = get(site, id);
    Instant requestedAt = services.clock().instant();
    return new Rescheduler(services)
        .reschedule(delivery)
        .thenApplyAsync(
            kind -> recordAudit(requestedAt, AuditAction.DELIVERY_RETRIED, delivery, kind),
            services.blocking());
  }

  /**
   * Cancels a pending delivery. If an attempt is in flight, the delivery is cancelled only if that
   * attempt fails.
   *
   * @return the delivery as it is afterwards; fails with a {@link ConflictException} if it was
   *     already final, or another node is sending it or has it in its queue; after the endpoint is
   *     paused, that node returns its queued deliveries within about a second
   */
  public CompletableFuture<Delivery> cancel(SiteId site, DeliveryId id) {
    Delivery delivery = get(site, id);
    Instant requestedAt = services.clock().instant();
    AtomicBoolean inStore = new AtomicBoolean();
    return services
        .runtime()
        .cancel(site, id, () -> inStore.set(true))
        .thenApplyAsync(
            kind -> {
              if (kind == Command.Kind.FINAL || kind == Command.Kind.OWNED) {
                // The delivery may have ended since that reply, or been retried.
                DeliveryState state = get(site, id).state();
                if (inStore.get()
                    && !delivery.state().isFinal()
                    && state == DeliveryState.CANCELLED) {
                  // By this command, whose first reply was lost.
                  return cancelled(requestedAt, delivery, Command.Kind.DONE, true);
                }
                String why =
                    state.isFinal()
                        ? " is " + state.code() + " already; nothing to cancel"
                        : " is owned by another node, which is sending it or has it queued; try again,"
                            + " or pause its endpoint first, so that the node hands it back";
                throw new ConflictException(id + why);
              }
              return cancelled(requestedAt, delivery, kind, inStore.get());
            },
            services.blocking());
  }

  /** Notifies the listener and audits the command; neither prevents the other if it fails. */
  private Delivery cancelled(
      Instant requestedAt, Delivery before, Command.Kind kind, boolean isUnannounced) {
    Delivery after;
    try {
      if (isUnannounced) {
        Delivery now = get(before.site(), before.id());
        if (now.state() == DeliveryState.CANCELLED) {
          services.runtime().notifyListener(listener -> listener.settled(now));
        }
      }
    } finally {
      after = recordAudit(requestedAt, AuditAction.DELIVERY_CANCELLED, before, kind);
    }
    return after;
  }

  /** Returns the delivery after a command, and audits the command if it took effect. */
  Delivery recordAudit(
      Instant requestedAt, AuditAction action, Delivery before, Command.Kind kind) {
    DeliveryId id = before.id();
    if (kind == Command.Kind.WAITING) {
      throw new ConflictException(
          id + " waits behind an earlier event with its ordering key; retry or skip that one");
    }
    if (kind == Command.Kind.NOT_FOUND) {
      throw new NotFoundException("delivery", id);
    }
    if (kind == Command.Kind.DONE) {
      services
          .auditRecorder()
          .doneSince(requestedAt, action, before.site(), id.toString(), List.of());
    }
    return get(before.site(), id);
  }
}
