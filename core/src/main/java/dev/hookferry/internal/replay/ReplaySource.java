package dev.hookferry.internal.replay;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.order.OrderedRescheduler;
import dev.hookferry.internal.query.DeliveryFinder;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayWindow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Source of the deliveries that a replay sends. */
public final class ReplaySource {
  private final CoreServices services;
  private final SiteId site;
  private final ReplayWindow window;
  private final DeliveryFinder finder;

  /** Null if the replay is of existing deliveries. */
  private final @Nullable MissingDeliveries missing;

  ReplaySource(CoreServices services, SiteId site, ReplayWindow window) {
    this.services = services;
    this.site = site;
    this.window = window;
    finder = new DeliveryFinder(services.store().log(), services.configHolder());
    EndpointId endpoint = window.endpoint();
    missing =
        window.missing() && endpoint != null
            ? new MissingDeliveries(services, site, endpoint, window)
            : null;
  }

  /**
   * Creates a source; a window without end gets the current time as its end.
   *
   * @throws dev.hookferry.refusal.InvalidException if a field of the window is not a search field
   *     of the site, or the criteria of the window conflict
   */
  public static ReplaySource of(CoreServices services, SiteId site, ReplayWindow requested) {
    IndexedEvents.requireFields(services.configHolder().site(site), requested.fields().keySet());
    if (requested.missing()) {
      checkMissing(requested);
    }
    ReplayWindow window =
        requested.until() == null ? requested.until(services.clock().instant()) : requested;
    return new ReplaySource(services, site, window);
  }

  private static void checkMissing(ReplayWindow requested) {
    Problems problems = new Problems();
    problems.require(
        requested.endpoint() != null,
        "endpoint",
        "is missing: the endpoint that never got the events");
    problems.require(
        requested.event() == null,
        "event",
        "must not be given with missing: resend the event instead");
    problems.require(
        requested.statusCode() == null, "statusCode", "must not be given together with missing");
    problems.throwIfAny();
  }

  public ReplayWindow window() {
    return window;
  }

  /**
   * Passes the sendable deliveries of the window to an action, newest first, page by page.
   *
   * @param action returns whether to continue with the next page
   * @return whether there are more pages
   */
  public boolean each(Predicate<List<Delivery>> action) {
    String cursor = null;
    boolean isWanted;
    do {
      Page<Delivery> page = page(window.created(), cursor);
      isWanted = action.test(page.data().stream().filter(this::canBeSent).toList());
      cursor = page.next();
    } while (cursor != null && isWanted);
    return cursor != null;
  }

  /**
   * Returns a reader of all deliveries in the window, oldest first, even of those that cannot be
   * sent.
   *
   * @param cursor the position of an earlier reader, or null to begin
   */
  public OldestFirstReader oldestFirst(@Nullable String cursor) {
    return new OldestFirstReader(this::page, window.created(), cursor);
  }

  /**
   * Schedules a delivery that a reader found.
   *
   * @return false if it was not needed, because the endpoint has got a delivery of the event since
   */
  public boolean schedule(Delivery found, OrderedRescheduler rescheduler) {
    if (missing != null) {
      return missing.send(found, rescheduler);
    }
    rescheduler.add(found);
    return true;
  }

  private Page<Delivery> page(TimeWindow created, @Nullable String cursor) {
    if (missing != null) {
      return missing.page(created, cursor);
    }
    Page<Delivery> page =
        finder.page(
            DeliveryQuery.ofSite(site)
                .states(window.statuses())
                .endpoint(window.endpoint())
                .types(window.types())
                .event(window.event())
                .fields(window.fields())
                .created(created)
                .limit(PageRequest.MAX_LIMIT)
                .after(cursor));
    return window.statusCode() == null ? page : withStatusCode(page);
  }

  /** Returns the deliveries whose last response had the requested status code. */
  private Page<Delivery> withStatusCode(Page<Delivery> page) {
    Set<DeliveryId> ids = page.data().stream().map(Delivery::id).collect(Collectors.toSet());
    Map<DeliveryId, Attempt> last =
        ids.isEmpty() ? Map.of() : services.store().log().lastAttempts(site, ids);
    return new Page<>(
        page.data().stream()
            .filter(
                delivery -> {
                  Attempt attempt = last.get(delivery.id());
                  return attempt != null
                      && Objects.equals(attempt.outcome().statusCode(), window.statusCode());
                })
            .toList(),
        page.next());
  }

  /** Returns whether a delivery can be sent: it is no test, and its endpoint exists. */
  public boolean canBeSent(Delivery delivery) {
    return !delivery.type().equals(EventType.TEST)
        && services.configHolder().config().endpoints().containsKey(delivery.endpoint());
  }
}
