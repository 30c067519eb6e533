package dev.hookferry;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
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
import dev.hookferry.store.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
   * Accepts events, all or none, without blocking. They are judged, made and routed by a
   * configuration that has every change that was answered before this call, on whichever node.
   *
   * @param answering where the receipts are completed, or null for a thread of ours
   * @return completes once the events are durable; fails with a {@link
   *     dev.hookferry.refusal.RefusedException} if they are not accepted
   * @throws InvalidException with all that is wrong with them in themselves
   */
  CompletableFuture<List<Receipt>> publish(
      SiteId site, List<NewEvent> events, @Nullable Executor answering) {
    Problems problems = new Problems();
    problems.require(
        !events.isEmpty() && events.size() <= MAX_TOGETHER,
        "",
        "must be 1 to " + MAX_TOGETHER + " events");
    problems.throwIfAny();
    Config config = parts.keeper().config();
    return new PublishCall(parts, site, events, answering).run(config);
  }

  /** A site's events, newest first. Blocks. */
  public Page<Event> list(EventQuery query) {
    Objects.requireNonNull(query, "query");
    parts.keeper().site(query.site());
    return parts.store().log().events(query);
  }

  /** One event with its deliveries, oldest first. Blocks. */
  public Seen get(SiteId site, EventId id) {
    parts.keeper().site(site);
    Objects.requireNonNull(id, "id");
    return seen(
        parts.store().log().event(site, id).orElseThrow(() -> new NotFoundException("event", id)));
  }

  /** An event that was just read, with its deliveries. Blocks. */
  public Seen seen(Event event) {
    Objects.requireNonNull(event, "event");
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
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
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
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(endpoints, "endpoints");
    return new EventReplay(parts, site, id, endpoints).run();
  }

  /**
   * An event with its deliveries.
   *
   * @param deliveries oldest first; empty if nobody wanted it
   */
  public record Seen(Event event, List<Delivery> deliveries) {
    public Seen {
      Objects.requireNonNull(event, "event");
      Objects.requireNonNull(deliveries, "deliveries");
      deliveries = List.copyOf(deliveries);
    }
  }
}
