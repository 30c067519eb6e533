package org.example.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Deliveries by id; pending ones by due time; unowned ones by endpoint and due time. */
final class DeliveryIndex {
  static final Comparator<Delivery> EARLIEST_DUE_FIRST =
      Comparator.comparing(Delivery::dueAt).thenComparing(delivery -> delivery.id().value());

  private final NavigableMap<String, Row> byId = new TreeMap<>();
  private final NavigableSet<Delivery> pending = new TreeSet<>(EARLIEST_DUE_FIRST);
  private final Map<EndpointId, NavigableSet<Delivery>> free = new HashMap<>();
  private final OrderIndex order = new OrderIndex();

  /**
   * A delivery.
   *
   * @param owner the process that sends it, or null
   */
  record Row(Delivery delivery, Owner owner, CrashSuspicion suspicion) {
    boolean isParked() {
      return isPending() && delivery.state() != DeliveryState.PENDING;
    }

    boolean isPending() {
      return !delivery.state().isFinal();
    }

    boolean isFree() {
      return delivery.state() == DeliveryState.PENDING && owner == null;
    }
  }

  /** Returns all deliveries by the text of their ids, which sort by time. */
  NavigableMap<String, Row> all() {
    return byId;
  }

  /** Returns the pending deliveries, owned or not, earliest due first. */
  NavigableSet<Delivery> pending() {
    return pending;
  }

  /** Returns the deliveries that wait for others with the same ordering key, or are blocked. */
  Stream<Row> parked() {
    return order.all().map(id -> byId.get(id.toString())).filter(Row::isParked);
  }

  /** Returns all rows; those with an ordering key come last, in queue order. */
  Stream<Row> inOrder() {
    return Stream.concat(
        byId.values().stream().filter(row -> row.delivery().orderingKey() == null),
        order.all().map(id -> byId.get(id.toString())));
  }

  /** Returns the unowned deliveries of an endpoint, earliest due first. */
  NavigableSet<Delivery> free(EndpointId endpoint) {
    return free.getOrDefault(endpoint, Collections.emptyNavigableSet());
  }

  /** Returns the endpoints with unowned deliveries. */
  Set<EndpointId> endpoints() {
    return free.keySet();
  }

  /** Returns the endpoints with unowned deliveries, except the known ones. */
  List<OrphanedEndpoint> orphans(Set<EndpointId> known) {
    return Stream.concat(
            free.values().stream().map(NavigableSet::first), parked().map(Row::delivery))
        .filter(delivery -> !known.contains(delivery.endpoint()))
        .map(delivery -> new OrphanedEndpoint(delivery.site(), delivery.endpoint()))
        .distinct()
        .toList();
  }

  Optional<Row> find(SiteId site, DeliveryId id) {
    return Optional.ofNullable(byId.get(id.toString()))
        .filter(row -> row.delivery().site().equals(site));
  }

  /** Returns how many deliveries wait behind the first one of an ordering key. */
  int waiting(EndpointId endpoint, String orderingKey) {
    return order.waiting(endpoint, orderingKey);
  }

  /**
   * Adds or replaces a delivery. If it has an ordering key, it takes its place in the queue; when
   * it ends, the next delivery becomes the first.
   */
  void put(Row row) {
    Row before = byId.get(row.delivery().id().toString());
    Delivery entered = order.entered(row.delivery());
    boolean waits = entered.state() == DeliveryState.WAITING;
    add(new Row(entered, waits ? null : row.owner(), row.suspicion()));
    if (before != null && !row.isPending()) {
      order
          .leave(before.delivery())
          .map(id -> byId.get(id.toString()))
          .filter(next -> next.delivery().state() == DeliveryState.WAITING)
          .ifPresent(next -> add(new Row(next.delivery().promoted(), null, next.suspicion())));
    }
  }

  private void add(Row row) {
    Delivery delivery = row.delivery();
    remove(delivery.id());
    byId.put(delivery.id().toString(), row);
    if (row.isPending()) {
      pending.add(delivery);
    }
    if (row.isFree()) {
      free.computeIfAbsent(delivery.endpoint(), e -> new TreeSet<>(EARLIEST_DUE_FIRST))
          .add(delivery);
    }
  }

  void remove(DeliveryId id) {
    Row row = byId.remove(id.toString());
    if (row != null && row.isPending()) {
      pending.remove(row.delivery());
    }
    if (row != null && row.isFree()) {
      NavigableSet<Delivery> others = free(row.delivery().endpoint());
      others.remove(row.delivery());
      if (others.isEmpty()) {
        free.remove(row.delivery().endpoint());
      }
    }
  }
}
