package dev.hookferry.engine.owned;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ClaimResult.Work;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries that this node owns, with their total payload size. */
public final class OwnedDeliveries {
  private final Map<DeliveryId, OwnedDelivery> all = new HashMap<>();
  private final Map<SiteId, Integer> loads = new HashMap<>();
  private long bytes;
  private int reserved;

  /** Reserves a place for a delivery of a site. */
  public void reserve(SiteId site, int payload) {
    reserved++;
    bytes += payload;
    loads.merge(site, 1, Integer::sum);
  }

  /** Frees a reserved place. */
  public void releaseReservation(SiteId site, int payload) {
    reserved--;
    bytes -= payload;
    decrementLoad(site);
  }

  /** Returns the number of reserved places. */
  public int reserved() {
    return reserved;
  }

  /** Returns the number of deliveries of a site, including reserved places. */
  public int load(SiteId site) {
    return loads.getOrDefault(site, 0);
  }

  private void decrementLoad(SiteId site) {
    loads.computeIfPresent(site, (same, load) -> load > 1 ? load - 1 : null);
  }

  /** Adds a delivery that this node now owns. */
  public OwnedDelivery add(Work work) {
    OwnedDelivery entry = new OwnedDelivery(work);
    all.put(work.delivery().id(), entry);
    bytes += work.event().size();
    loads.merge(work.delivery().site(), 1, Integer::sum);
    return entry;
  }

  /** Removes a delivery; no effect if it is owned by another entry or not at all. */
  public void remove(OwnedDelivery entry) {
    if (all.remove(entry.delivery().id(), entry)) {
      bytes -= entry.work.event().size();
      decrementLoad(entry.delivery().site());
    }
  }

  /** Returns the delivery, or null if this node does not own it. */
  public @Nullable OwnedDelivery find(DeliveryId id) {
    return all.get(id);
  }

  /** Returns the owned delivery for an entry of a lane. */
  public OwnedDelivery of(Work work) {
    OwnedDelivery entry = all.get(work.delivery().id());
    if (entry == null) {
      throw new IllegalStateException(work.delivery().id() + " waits but is not owned");
    }
    return entry;
  }

  /** Returns a copy of all deliveries. */
  public List<OwnedDelivery> list() {
    return List.copyOf(all.values());
  }

  /** Returns their number, without reserved places. */
  public int size() {
    return all.size();
  }

  /** Returns the payload bytes, including reserved places. */
  public long bytes() {
    return bytes;
  }
}
