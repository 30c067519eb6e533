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
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds those of some deliveries that have not ended, usually in one query. */
public final class OpenDeliveries {
  /** Maximum number of pages that are read; deliveries that are not on them are read one by one. */
  private static final int MAX_READS = 4;

  private static final Set<DeliveryState> STATES =
      EnumSet.of(
          DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.WAITING, DeliveryState.BLOCKED);

  private OpenDeliveries() {}

  /** Returns those of the deliveries of a batch that have not ended, by id. */
  public static Map<DeliveryId, Delivery> of(
      PortalAccess access, SentDeliveries.Kept kept, Collection<DeliveryId> ids) {
    Set<DeliveryId> wanted = new HashSet<>(ids);
    Map<DeliveryId, Delivery> open = new HashMap<>();
    DeliveryQuery query =
        DeliveryQuery.ofSite(access.session().site())
            .states(STATES)
            .endpoints(EndpointScope.only(Set.copyOf(kept.endpoints().values())))
            .created(TimeWindow.ALL.since(kept.oldest()))
            .limit(PageRequest.MAX_LIMIT);
    String cursor = null;
    int reads = 0;
    do {
      Page<Delivery> page = access.deliveries(query.after(cursor));
      for (Delivery one : page.data()) {
        if (wanted.remove(one.id())) {
          open.put(one.id(), one);
        }
      }
      cursor = page.next();
      reads++;
    } while (cursor != null && reads < MAX_READS && !wanted.isEmpty());
    if (cursor != null) {
      read(access, wanted).forEach(one -> open.put(one.id(), one));
    }
    return open;
  }

  private static List<Delivery> read(PortalAccess access, Set<DeliveryId> ids) {
    List<Delivery> open = new ArrayList<>();
    ids.forEach(
        id -> find(access, id).filter(one -> STATES.contains(one.state())).ifPresent(open::add));
    return open;
  }

  /** Returns a delivery of the session's scope, unless retention has removed it. */
  public static Optional<Delivery> find(PortalAccess access, DeliveryId id) {
    try {
      return Optional.of(access.delivery(id));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }
}
