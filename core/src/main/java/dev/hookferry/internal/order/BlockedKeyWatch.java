package dev.hookferry.internal.order;

import dev.hookferry.delivery.BlockedKey;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.observe.BlockedKeyCount;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the blocked ordering keys, and reports those that have been blocked for longer than the
 * limit. Not thread-safe; calls block.
 */
public final class BlockedKeyWatch {
  /** Keys of a site beyond this number are neither counted nor reported. */
  private static final int MOST = 10_000;

  private final CoreServices services;
  private final Duration limit;
  private Set<Block> reported = new HashSet<>();
  private boolean hadAny;

  /** A delivery may block its key several times. */
  private record Block(DeliveryId delivery, Instant since) {}

  public BlockedKeyWatch(CoreServices services, Duration limit) {
    this.services = services;
    this.limit = limit;
  }

  /** Looks once. Costs a query for each site with endpoints that keep the order. */
  public void look() {
    Map<SiteId, Set<EndpointId>> ordered = new HashMap<>();
    for (Endpoint endpoint : services.configHolder().config().endpoints().values()) {
      if (endpoint.order().isByKey()) {
        ordered.computeIfAbsent(endpoint.site(), site -> new HashSet<>()).add(endpoint.id());
      }
    }
    Instant late = services.clock().instant().minus(limit);
    Set<Block> found = new HashSet<>();
    Map<SiteId, BlockedKeyCount> counts = new HashMap<>();
    ordered.forEach(
        (site, endpoints) -> {
          BlockedKeyCount count = look(site, endpoints, late, found);
          if (count.keys() > 0) {
            counts.put(site, count);
          }
        });
    reported = found;
    if (hadAny || !counts.isEmpty()) {
      services.runtime().notifyListener(listener -> listener.blockedKeys(Map.copyOf(counts)));
    }
    hadAny = !counts.isEmpty();
  }

  private BlockedKeyCount look(
      SiteId site, Set<EndpointId> endpoints, Instant late, Set<Block> found) {
    DeliveryQuery query =
        DeliveryQuery.ofSite(site)
            .state(DeliveryState.BLOCKED)
            .endpoints(EndpointScope.only(endpoints))
            .limit(PageRequest.MAX_LIMIT);
    int count = 0;
    long waiting = 0;
    @Nullable String cursor = null;
    do {
      Page<Delivery> page = services.store().log().deliveries(query.after(cursor));
      for (Delivery delivery : page.data()) {
        count++;
        if (!delivery.dueAt().isAfter(late)) {
          report(delivery, found);
        }
      }
      waiting += waiting(page.data());
      cursor = page.next();
    } while (cursor != null && count < MOST);
    return new BlockedKeyCount(count, waiting);
  }

  /** Returns how many deliveries wait behind these. */
  private long waiting(List<Delivery> blocking) {
    Map<EndpointId, Set<String>> keys = new HashMap<>();
    for (Delivery delivery : blocking) {
      keys.computeIfAbsent(delivery.endpoint(), endpoint -> new HashSet<>())
          .add(Objects.requireNonNull(delivery.orderingKey()));
    }
    return keys.entrySet().stream()
        .flatMap(
            one ->
                services
                    .store()
                    .log()
                    .waiting(one.getKey(), one.getValue(), BlockedKey.MAX_WAITING)
                    .values()
                    .stream())
        .mapToLong(Integer::longValue)
        .sum();
  }

  private void report(Delivery delivery, Set<Block> found) {
    Block block = new Block(delivery.id(), delivery.dueAt());
    found.add(block);
    if (!reported.contains(block)) {
      BlockedKeyEvent news =
          new BlockedKeyEvent(
              delivery.site(),
              delivery.endpoint(),
              delivery.id(),
              delivery.type(),
              Objects.requireNonNull(delivery.orderingKey()),
              delivery.dueAt());
      services.runtime().notifyListener(listener -> listener.keyBlocked(news));
    }
  }
}
