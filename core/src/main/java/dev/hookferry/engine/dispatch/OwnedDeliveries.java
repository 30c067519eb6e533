package dev.hookferry.engine.dispatch;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ClaimResult.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deliveries that this node owns, and how many bytes of payload they have. */
final class OwnedDeliveries {
  private final Map<DeliveryId, OwnedDelivery> all = new HashMap<>();
  private final Map<SiteId, Integer> loads = new HashMap<>();
  private long bytes;
  private int reserved;

  /** Keeps a place for a delivery of a site. */
  void reserve(SiteId site, int payload) {
    reserved++;
    bytes += payload;
    loads.merge(site, 1, Integer::sum);
  }

  /** Gives a kept place back. */
  void unreserve(SiteId site, int payload) {
    reserved--;
    bytes -= payload;
    lighten(site);
  }

  /** How many places are kept. */
  int reserved() {
    return reserved;
  }

  /** How many deliveries a site has here, with the places that are kept for it. */
  int load(SiteId site) {
    return loads.getOrDefault(site, 0);
  }

  private void lighten(SiteId site) {
    loads.computeIfPresent(site, (same, load) -> load > 1 ? load - 1 : null);
  }

  OwnedDelivery add(Work work) {
    OwnedDelivery entry = new OwnedDelivery(work);
    all.put(work.delivery().id(), entry);
    bytes += work.event().payload().size();
    loads.merge(work.delivery().site(), 1, Integer::sum);
    return entry;
  }

  void remove(OwnedDelivery entry) {
    if (all.remove(entry.delivery().id(), entry)) {
      bytes -= entry.work.event().payload().size();
      lighten(entry.delivery().site());
    }
  }

  @Nullable OwnedDelivery find(DeliveryId id) {
    return all.get(id);
  }

  /** What is known of a delivery that waits in a lane. */
  OwnedDelivery of(Work work) {
    OwnedDelivery entry = all.get(work.delivery().id());
    if (entry == null) {
      throw new IllegalStateException(work.delivery().id() + " waits but is not owned");
    }
    return entry;
  }

  List<OwnedDelivery> list() {
    return List.copyOf(all.values());
  }

  int size() {
    return all.size();
  }

  /** How many bytes of payload, those of kept places too. */
  long bytes() {
    return bytes;
  }
}
