package dev.hookferry.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.internal.argument.NoNulls;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Bulk retries of the deliveries of one scope. Thread-safe; methods block. */
final class PortalRetries {
  private final Webhooks webhooks;
  private final PortalLimits.CustomerScope scope;
  private final PortalLimits limits;

  PortalRetries(Webhooks webhooks, PortalLimits.CustomerScope scope, PortalLimits limits) {
    this.webhooks = webhooks;
    this.scope = scope;
    this.limits = limits;
  }

  /**
   * Retries deliveries, skipping any whose endpoint was removed or that wait behind another
   * delivery.
   *
   * @param ids finds the deliveries
   * @return the number of deliveries being retried
   */
  int all(Supplier<List<DeliveryId>> ids) {
    return limits.alone(scope, () -> retried(ids.get()));
  }

  /** Starts all retries before waiting for the first, so that they share commits. */
  private int retried(List<DeliveryId> ids) {
    List<CompletableFuture<Delivery>> started = new ArrayList<>();
    for (DeliveryId id : ids) {
      try {
        started.add(webhooks.deliveries().retry(scope.site(), id));
      } catch (ConflictException | NotFoundException e) {
        // Skipped.
      }
    }
    return (int) started.stream().filter(PortalRetries::isDone).count();
  }

  private static boolean isDone(CompletableFuture<Delivery> retry) {
    try {
      var unused = retry.join();
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  /**
   * Retries those of the given deliveries that are addressed to one of these endpoints.
   *
   * @return the number of deliveries being retried
   */
  int retryOf(Collection<DeliveryId> ids, Set<EndpointId> endpoints) {
    NoNulls.in(ids, "ids");
    if (ids.isEmpty() || ids.size() > PortalAccess.MAX_RETRIES) {
      throw InvalidException.of("id", "select 1 to " + PortalAccess.MAX_RETRIES + " deliveries");
    }
    return all(() -> ids.stream().filter(id -> isOf(endpoints, id)).toList());
  }

  private boolean isOf(Set<EndpointId> endpoints, DeliveryId id) {
    try {
      return endpoints.contains(webhooks.deliveries().get(scope.site(), id).endpoint());
    } catch (NotFoundException e) {
      return false;
    }
  }
}
