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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watch that counts blocked ordering keys and reports those blocked for longer than the limit. Not
 * thread-safe; calls block.
 */
public final class BlockedKeyWatch {
  /** Keys of a site beyond this number are neither counted nor reported. */
  private static final int MAX = 10_000;

  /** Maximum number of endpoints per query. */
  private static final int CHUNK = 1_000;

  /**
   * Every 60th check covers all endpoints. The others cover only endpoints that are ordered by key,
   * that were at the previous check, or that had blocked keys then.
   */
  private static final int COMPLETE_EVERY = 60;

  private final CoreServices services;
  private final Duration limit;
  private Set<Block> reported = new HashSet<>();
  private Set<EndpointId> watched = Set.of();
  private int looks;
  private boolean hadAny;

  /** One blocking of a key; a delivery may block its key several times. */
  private record Block(DeliveryId delivery, Instant since) {}

  /** Findings of the current check. */
  private record LookResult(
      Instant late,
      Set<Block> blocks,
      Set<EndpointId> endpoints,
      Map<SiteId, BlockedKeyCount> counts) {}

  public BlockedKeyWatch(CoreServices services, Duration limit) {
    this.services = services;
    this.limit = limit;
  }

  /** Runs one check. Costs at least one query per site that has endpoints to check. */
  public void look() {
    Map<SiteId, List<EndpointId>> candidates = new HashMap<>();
    Set<EndpointId> ordered = new HashSet<>();
    boolean isComplete = looks++ % COMPLETE_EVERY == 0;
    for (Endpoint endpoint : services.configHolder().config().endpoints().values()) {
      if (endpoint.order().isByKey()) {
        ordered.add(endpoint.id());
      } else if (!isComplete && !watched.contains(endpoint.id())) {
        continue;
      }
      candidates.computeIfAbsent(endpoint.site(), site -> new ArrayList<>()).add(endpoint.id());
    }
    Instant late = services.clock().instant().minus(limit);
    LookResult found = new LookResult(late, new HashSet<>(), ordered, new HashMap<>());
    candidates.forEach((site, endpoints) -> look(site, endpoints, found));
    watched = found.endpoints;
    reported = found.blocks;
    if (hadAny || !found.counts.isEmpty()) {
      services.runtime().notifyListener(l -> l.blockedKeys(Map.copyOf(found.counts)));
    }
    hadAny = !found.counts.isEmpty();
  }

  private void look(SiteId site, List<EndpointId> endpoints, LookResult found) {
    int keys = 0;
    long waiting = 0;
    for (int from = 0; from < endpoints.size() && keys < MAX; from += CHUNK) {
      Set<EndpointId> some =
          Set.copyOf(endpoints.subList(from, Math.min(from + CHUNK, endpoints.size())));
      DeliveryQuery query =
          DeliveryQuery.ofSite(site)
              .state(DeliveryState.BLOCKED)
              .endpoints(EndpointScope.only(some))
              .limit(PageRequest.MAX_LIMIT);
      @Nullable String cursor = null;
      do {
        Page<Delivery> page = services.store().log().deliveries(query.after(cursor));
        page.data().forEach(delivery -> note(delivery, found));
        keys += page.data().size();
        waiting += waiting(page.data());
        cursor = page.next();
      } while (cursor != null && keys < MAX);
    }
    if (keys > 0) {
      found.counts.put(site, new BlockedKeyCount(keys, waiting));
    }
  }

  private void note(Delivery delivery, LookResult found) {
    found.endpoints.add(delivery.endpoint());
    Block block = new Block(delivery.id(), delivery.dueAt());
    if (delivery.dueAt().isAfter(found.late)) {
      return;
    }
    found.blocks.add(block);
    if (!reported.contains(block)) {
      BlockedKeyEvent blocked =
          new BlockedKeyEvent(
              delivery.site(),
              delivery.endpoint(),
              delivery.id(),
              delivery.type(),
              Objects.requireNonNull(delivery.orderingKey()),
              delivery.dueAt());
      services.runtime().notifyListener(listener -> listener.keyBlocked(blocked));
    }
  }

  /** Returns how many deliveries wait behind the given ones. */
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
}
