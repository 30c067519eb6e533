package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.NotFoundException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Lookup of the deliveries of a retried batch, usually with one query. */
public final class BatchDeliveries {
  /** Maximum number of pages that are read. Deliveries that are not on them are read one by one. */
  private static final int MAX_READS = 4;

  private static final Set<DeliveryState> OPEN =
      EnumSet.of(
          DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.WAITING, DeliveryState.BLOCKED);

  private static final Set<DeliveryState> ENDED = EnumSet.complementOf(EnumSet.copyOf(OPEN));

  private BatchDeliveries() {}

  /** Returns the unfinished deliveries of a batch, by id. */
  static Map<DeliveryId, Delivery> open(
      PortalAccess access, ResentBatches.Kept kept, Collection<DeliveryId> ids) {
    Set<DeliveryId> missing = new HashSet<>(ids);
    DeliveryQuery query = query(access, kept).states(OPEN);
    Map<DeliveryId, Delivery> open = new HashMap<>();
    if (!take(access, query, missing, open)) {
      missing.stream()
          .flatMap(id -> find(access, id).stream())
          .filter(one -> OPEN.contains(one.state()))
          .forEach(one -> open.put(one.id(), one));
    }
    return open;
  }

  /**
   * Returns deliveries of a batch in the order of these ids, except those that retention has
   * removed.
   *
   * @param open the unfinished deliveries
   */
  public static List<Delivery> all(
      PortalAccess access,
      ResentBatches.Kept kept,
      Map<DeliveryId, Delivery> open,
      List<DeliveryId> ids) {
    Map<DeliveryId, Delivery> found = new HashMap<>(open);
    Set<DeliveryId> missing = new HashSet<>(ids);
    missing.removeAll(open.keySet());
    if (!missing.isEmpty()) {
      boolean unused = take(access, query(access, kept).states(ENDED), missing, found);
      missing.forEach(id -> find(access, id).ifPresent(one -> found.put(id, one)));
    }
    return ids.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  private static DeliveryQuery query(PortalAccess access, ResentBatches.Kept kept) {
    return DeliveryQuery.ofSite(access.session().site())
        .endpoints(EndpointScope.only(Set.copyOf(kept.endpoints().values())))
        .created(TimeWindow.ALL.since(kept.oldest()).until(kept.newest().plusMillis(1)))
        .limit(PageRequest.MAX_LIMIT);
  }

  /**
   * Moves missing deliveries that a query finds to the found ones.
   *
   * @return whether all pages were read, or nothing is missing
   */
  private static boolean take(
      PortalAccess access,
      DeliveryQuery query,
      Set<DeliveryId> missing,
      Map<DeliveryId, Delivery> found) {
    String cursor = null;
    int reads = 0;
    do {
      Page<Delivery> page = access.deliveries(query.after(cursor));
      for (Delivery one : page.data()) {
        if (missing.remove(one.id())) {
          found.put(one.id(), one);
        }
      }
      cursor = page.next();
      reads++;
    } while (cursor != null && reads < MAX_READS && !missing.isEmpty());
    return cursor == null || missing.isEmpty();
  }

  private static Optional<Delivery> find(PortalAccess access, DeliveryId id) {
    try {
      return Optional.of(access.delivery(id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
