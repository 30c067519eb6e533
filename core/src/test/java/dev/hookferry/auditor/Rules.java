package dev.hookferry.auditor;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * The limits that a run was configured with.
 *
 * @param window the maximum number of requests that one process may have in flight to an endpoint
 * @param pause how long the attempt after this one has to wait at least
 * @param attempts how many attempts a delivery may have
 * @param tolerance how far the clocks of those who write things down may differ
 * @param secrets the QLM secret of each endpoint that signs
 * @param byHand what people did to deliveries
 * @param wanted whether an endpoint wanted an event, at any time
 * @param sites the site of each endpoint; an endpoint that is missing may be of any
 * @param orders the order of endpoints that keep one
 * @param settled whether nothing may be pending any more
 * @param times what the store's clock showed; what is due is due by that
 */
public record Rules(
    int window,
    Function<Attempt, Duration> pause,
    ToIntFunction<Delivery> attempts,
    Duration tolerance,
    Map<EndpointId, String> secrets,
    ByHand byHand,
    BiPredicate<Event, EndpointId> wanted,
    Map<EndpointId, SiteId> sites,
    Map<EndpointId, DeliveryOrder> orders,
    boolean settled,
    StoreTimes times) {

  /**
   * Operators' actions on deliveries.
   *
   * @param retried deliveries that somebody retried
   * @param skipped blocked deliveries that somebody gave up
   * @param cancellable whether somebody cancelled a delivery or removed its endpoint
   */
  public record ByHand(
      Set<DeliveryId> retried, Set<DeliveryId> skipped, Predicate<Delivery> cancellable) {
    /** Nobody did anything. */
    public static final ByHand NOTHING = new ByHand(Set.of(), Set.of(), delivery -> false);
  }
}
