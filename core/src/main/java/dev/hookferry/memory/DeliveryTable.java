package dev.hookferry.memory;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Table of the deliveries of all sites by id, and of unowned ones per endpoint by due time. */
final class DeliveryTable {
  static final Comparator<Delivery> EARLIEST_DUE_FIRST =
      Comparator.comparing(Delivery::dueAt).thenComparing(delivery -> delivery.id().value());

  private final NavigableMap<String, Row> byId = new TreeMap<>();
  private final NavigableSet<Delivery> owned = new TreeSet<>(EARLIEST_DUE_FIRST);
  private final Map<EndpointId, NavigableSet<Delivery>> free = new HashMap<>();
  private final Map<EndpointId, NavigableSet<Delivery>> parked = new HashMap<>();
  private final MemoryKeyQueues keys = new MemoryKeyQueues();
  private long promotions;

  /** A delivery and its owner, if any. */
  record Row(Delivery delivery, @Nullable Owner owner, CrashSuspicion suspicion) {
    boolean isPending() {
      return !delivery.state().isFinal();
    }

    boolean isFree() {
      return delivery.state() == DeliveryState.PENDING && owner == null;
    }

    boolean isOwned() {
      return delivery.state() == DeliveryState.PENDING && owner != null;
    }

    /** Returns whether it waits for another delivery or for a user. */
    boolean isParked() {
      return isPending() && delivery.state() != DeliveryState.PENDING;
    }
  }

  NavigableMap<String, Row> oldestFirst() {
    return byId;
  }

  Optional<Row> find(SiteId site, DeliveryId id) {
    return Optional.ofNullable(byId.get(id.toString()))
        .filter(row -> row.delivery().site().equals(site));
  }

  boolean isOwned(SiteId site, DeliveryId id, Owner by) {
    return find(site, id).filter(row -> by.equals(row.owner())).isPresent();
  }

  /** Returns all deliveries that have an owner, earliest due first. */
  NavigableSet<Delivery> owned() {
    return owned;
  }

  NavigableSet<Delivery> free(EndpointId endpoint) {
    return free.getOrDefault(endpoint, Collections.emptyNavigableSet());
  }

  /** Returns the deliveries to an endpoint that cannot be claimed: waiting or blocked. */
  NavigableSet<Delivery> parked(EndpointId endpoint) {
    return parked.getOrDefault(endpoint, Collections.emptyNavigableSet());
  }

  /** Returns the position of a delivery in the queue of its ordering key; 0 if it is in none. */
  long position(DeliveryId id) {
    return keys.position(id);
  }

  /** Returns how many deliveries wait behind the first of an ordering key. */
  int waiting(EndpointId endpoint, String orderingKey) {
    return keys.waiting(endpoint, orderingKey);
  }

  /** Adds a delivery transferred from another store, with its queue position there. */
  void restore(Delivery delivery, CrashSuspicion suspicion, long position) {
    keys.restore(delivery, position);
    put(delivery, null, suspicion);
  }

  /**
   * Counts all deliveries that have not ended, and finds the earliest due time of active endpoints.
   */
  Backlog backlog(Predicate<EndpointId> isActive) {
    int all =
        Stream.of(free, parked)
            .flatMap(some -> some.values().stream())
            .mapToInt(Set::size)
            .reduce(owned.size(), Integer::sum);
    Map<EndpointId, Boolean> active = new HashMap<>();
    Predicate<Delivery> counts =
        delivery -> active.computeIfAbsent(delivery.endpoint(), isActive::test);
    Instant oldest =
        Stream.concat(
                free.values().stream().map(NavigableSet::first).filter(counts),
                owned.stream().filter(counts).limit(1))
            .map(Delivery::dueAt)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new Backlog(all, oldest);
  }

  /** Returns the endpoints with deliveries that are free to be claimed. */
  Set<EndpointId> endpoints() {
    return Set.copyOf(free.keySet());
  }

  /** Returns the endpoints with unowned deliveries, except the known ones. */
  List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    Map<EndpointId, SiteId> sites = new LinkedHashMap<>();
    Stream.of(free, parked)
        .flatMap(some -> some.values().stream())
        .map(NavigableSet::first)
        .forEach(first -> sites.put(first.endpoint(), first.site()));
    return sites.entrySet().stream()
        .filter(entry -> !known.contains(entry.getKey()))
        .map(entry -> new OrphanedEndpoint(entry.getValue(), entry.getKey()))
        .toList();
  }

  /** Adds or replaces a delivery without suspicion. */
  void put(Delivery delivery, @Nullable Owner owner) {
    put(delivery, owner, CrashSuspicion.NONE);
  }

  /**
   * Adds or replaces a delivery; a null owner means unowned. A delivery with an ordering key joins
   * the queue of the key, and is unowned while it waits there; when it ends, the next one in the
   * queue is promoted.
   */
  void put(Delivery delivery, @Nullable Owner owner, CrashSuspicion suspicion) {
    Row before = byId.get(delivery.id().toString());
    remove(delivery.id());
    Delivery entered = keys.entered(delivery);
    add(new Row(entered, entered.state() == DeliveryState.WAITING ? null : owner, suspicion));
    if (before != null && delivery.state().isFinal()) {
      keys.leave(delivery.id())
          .flatMap(next -> Optional.ofNullable(byId.get(next.toString())))
          .filter(next -> next.delivery().state() == DeliveryState.WAITING)
          .ifPresent(this::promote);
    }
  }

  private void promote(Row next) {
    promotions++;
    put(next.delivery().promoted(), null, next.suspicion());
  }

  /** Returns how often a waiting delivery has been promoted to the first of its queue. */
  long promotions() {
    return promotions;
  }

  private void add(Row row) {
    Delivery delivery = row.delivery();
    byId.put(delivery.id().toString(), row);
    if (row.isParked()) {
      add(parked, delivery);
    } else if (row.isOwned()) {
      owned.add(delivery);
    } else if (row.isFree()) {
      add(free, delivery);
    }
  }

  private static void add(Map<EndpointId, NavigableSet<Delivery>> sets, Delivery delivery) {
    sets.computeIfAbsent(delivery.endpoint(), e -> new TreeSet<>(EARLIEST_DUE_FIRST)).add(delivery);
  }

  void remove(DeliveryId id) {
    Row row = byId.remove(id.toString());
    if (row != null && row.isOwned()) {
      owned.remove(row.delivery());
    }
    if (row != null && row.isFree()) {
      remove(free, row.delivery());
    }
    if (row != null && row.isParked()) {
      remove(parked, row.delivery());
    }
  }

  private static void remove(Map<EndpointId, NavigableSet<Delivery>> sets, Delivery delivery) {
    NavigableSet<Delivery> others = sets.get(delivery.endpoint());
    if (others != null && others.remove(delivery) && others.isEmpty()) {
      sets.remove(delivery.endpoint());
    }
  }
}
