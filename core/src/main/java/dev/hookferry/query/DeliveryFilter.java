package dev.hookferry.query;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of a site are looked for; null means any.
 *
 * @param state as people see it: held ones are not pending
 * @param endpoint to this endpoint
 * @param type of this event type
 * @param event of this event
 * @param created when they came to be
 * @param page which part of the list
 */
public record DeliveryFilter(
    @Nullable DeliveryState state,
    @Nullable EndpointId endpoint,
    @Nullable EventType type,
    @Nullable EventId event,
    TimeWindow created,
    PageRequest page) {
  /** All, the first page of them. */
  public static final DeliveryFilter ALL =
      new DeliveryFilter(null, null, null, null, TimeWindow.ALL, PageRequest.FIRST);

  /** The same for one state. */
  public DeliveryFilter in(@Nullable DeliveryState one) {
    return new DeliveryFilter(one, endpoint, type, event, created, page);
  }

  /** The same for one event. */
  public DeliveryFilter of(EventId one) {
    return new DeliveryFilter(state, endpoint, type, one, created, page);
  }

  /** The same, another part of the list. */
  public DeliveryFilter at(PageRequest part) {
    return new DeliveryFilter(state, endpoint, type, event, created, part);
  }
}
