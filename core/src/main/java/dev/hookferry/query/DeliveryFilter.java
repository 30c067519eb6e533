package dev.hookferry.query;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * User-facing filter for the deliveries of a site; null matches any.
 *
 * @param state the state as users see it, where held deliveries are not pending
 * @param endpoint only deliveries to this endpoint
 * @param type only deliveries of this event type
 * @param event only deliveries of this event
 * @param created when they were created
 * @param page the page
 */
public record DeliveryFilter(
    @Nullable DeliveryState state,
    @Nullable EndpointId endpoint,
    @Nullable EventType type,
    @Nullable EventId event,
    TimeWindow created,
    PageRequest page) {
  /** The first page of all deliveries. */
  public static final DeliveryFilter ALL =
      new DeliveryFilter(null, null, null, null, TimeWindow.ALL, PageRequest.FIRST);

  public DeliveryFilter {
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(page, "page");
  }

  /** Returns a copy for one state, or any if null. */
  public DeliveryFilter withState(@Nullable DeliveryState one) {
    return new DeliveryFilter(one, endpoint, type, event, created, page);
  }

  /** Returns a copy for one event. */
  public DeliveryFilter withEvent(EventId one) {
    Objects.requireNonNull(one, "one");
    return new DeliveryFilter(state, endpoint, type, one, created, page);
  }

  /** Returns a copy for another page. */
  public DeliveryFilter withPage(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new DeliveryFilter(state, endpoint, type, event, created, part);
  }
}
