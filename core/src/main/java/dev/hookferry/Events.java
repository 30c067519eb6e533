package dev.hookferry;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.Reversed;
import dev.hookferry.query.DeliveryFilter;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.Site;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Events: published, and looked at. Thread-safe. */
public final class Events {
  /** How many bytes of data an event may have. */
  public static final int MAX_DATA = 1 << 20;

  /** How many events may be published together. */
  public static final int MAX_TOGETHER = 1_000;

  private final CoreServices parts;

  Events(CoreServices parts) {
    this.parts = parts;
  }

  /**
   * Accepts events, all or none, without blocking.
   *
   * @param answering where the receipts are completed, or null for a thread of ours
   * @return completes once the events are durable; fails with a {@link
   *     dev.hookferry.refusal.RefusedException} if they are not accepted
   * @throws InvalidException with all that is wrong with them
   */
  CompletableFuture<List<Receipt>> publish(
      SiteId siteId, List<NewEvent> events, @Nullable Executor answering) {
    Site site = parts.keeper().site(siteId);
    Problems problems = new Problems();
    problems.require(
        !events.isEmpty() && events.size() <= MAX_TOGETHER,
        "",
        "must be 1 to " + MAX_TOGETHER + " events");
    Instant now = parts.clock().instant();
    List<Event> accepted = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = events.get(i);
      String field = events.size() == 1 ? "" : "[" + i + "]";
      Event made = problems.collect(field, () -> accept(site, event, now));
      if (made != null) {
        accepted.add(made);
      }
    }
    problems.throwIfAny();
    return parts.shell().publish(siteId, accepted, answering);
  }

  /** A site's events, newest first. Blocks. */
  public Page<Event> list(EventQuery query) {
    parts.keeper().site(query.site());
    return parts.store().log().events(query);
  }

  /** One event with its deliveries, oldest first. Blocks. */
  public Seen get(SiteId site, EventId id) {
    parts.keeper().site(site);
    return seen(
        parts.store().log().event(site, id).orElseThrow(() -> new NotFoundException("event", id)));
  }

  /** An event that was just read, with its deliveries. Blocks. */
  public Seen seen(Event event) {
    List<Delivery> deliveries = new ArrayList<>();
    String cursor = null;
    do {
      PageRequest part = new PageRequest(PageRequest.MAX_LIMIT, cursor);
      Page<Delivery> page =
          new Deliveries(parts).list(event.site(), DeliveryFilter.ALL.of(event.id()).at(part));
      deliveries.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    return new Seen(event, Reversed.reversed(deliveries));
  }

  /**
   * The event that was published with this {@code Idempotency-Key}, with its deliveries. Blocks.
   *
   * @throws NotFoundException if there is none, or no longer
   */
  public Seen byKey(SiteId site, String idempotencyKey) {
    parts.keeper().site(site);
    return seen(
        parts
            .store()
            .log()
            .eventByKey(site, idempotencyKey)
            .orElseThrow(() -> new NotFoundException("event with the key", idempotencyKey)));
  }

  /**
   * Sends an event to endpoints of its site, whether they want its type or not. An endpoint that
   * has a delivery of it gets an extra attempt of that; another one gets a new delivery, of the
   * same event. All new deliveries are accepted, or none. To an endpoint that is paused, or while
   * the site's webhooks are off, it is sent once that is over.
   *
   * @return its deliveries to these endpoints, as they are once all of that is durable
   * @throws NotFoundException if there is no such event, or no longer
   * @throws InvalidException if an endpoint is not one of this site, or none or too many are named
   */
  public CompletableFuture<List<Delivery>> replay(
      SiteId site, EventId id, List<EndpointId> endpoints) {
    return new EventReplay(parts, site, id, endpoints).run();
  }

  private Event accept(Site site, NewEvent event, Instant now) {
    EventType type = event.type();
    if (!site.settings().catalog().knows(type)) {
      throw InvalidException.of("type", site.settings().catalog().unknown(type));
    }
    if (event.data().size() > MAX_DATA) {
      throw InvalidException.of("data", "must have " + MAX_DATA + " bytes at most");
    }
    Instant occurredAt = event.occurredAt();
    Instant at = occurredAt == null ? now : occurredAt.truncatedTo(ChronoUnit.MILLIS);
    Payload payload = site.settings().envelope().wrap(type, at, event.data());
    @Nullable Idempotence idempotence = event.idempotence();
    EventId id = event.id() == null ? EventId.of(parts.ids().next(now)) : event.id();
    return new Event(id, site.id(), type, at, now, payload, idempotence);
  }

  /**
   * An event with its deliveries.
   *
   * @param deliveries oldest first; empty if nobody wanted it
   */
  public record Seen(Event event, List<Delivery> deliveries) {
    public Seen {
      deliveries = List.copyOf(deliveries);
    }
  }
}
