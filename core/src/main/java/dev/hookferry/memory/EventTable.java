package dev.hookferry.memory;

import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Table of the events of all sites in order of acceptance, indexed by id and idempotency key. */
final class EventTable {
  private static final long PER_EVENT = 600;

  private static final long PER_DELIVERY = 600;

  private final NavigableMap<String, Kept> byAcceptance = new TreeMap<>();
  private final Map<Name, Kept> byId = new HashMap<>();
  private final Map<Name, Kept> byKey = new HashMap<>();
  private long count;
  private long bytes;

  /**
   * An event with its deliveries.
   *
   * @param deliveries created when it was accepted
   * @param receipt number of deliveries in its receipt
   * @param added created later, or transferred from another store
   */
  record Kept(Event event, List<DeliveryId> deliveries, int receipt, List<DeliveryId> added) {
    static Kept of(Event event, List<DeliveryId> deliveries) {
      return new Kept(event, deliveries, deliveries.size(), new ArrayList<>());
    }

    /** Returns an event transferred from another store, whose deliveries are added one by one. */
    static Kept transferred(Event event, int receipt) {
      return new Kept(event, List.of(), receipt, new ArrayList<>());
    }

    /** Returns all deliveries of the event. */
    List<DeliveryId> all() {
      return Stream.concat(deliveries.stream(), added.stream()).toList();
    }

    /** Returns whether publishing the other event is a repeat of this one. */
    boolean isRepeatedBy(Event other) {
      Idempotence mine = event.idempotence();
      Idempotence theirs = other.idempotence();
      return mine != null && theirs != null && mine.fingerprint().equals(theirs.fingerprint());
    }
  }

  private record Name(SiteId site, String name) {}

  /** Returns the approximate memory use of the events with their deliveries, in bytes. */
  long bytes() {
    return bytes;
  }

  private static long bytes(Kept kept) {
    return PER_EVENT + kept.event().size() + PER_DELIVERY * kept.all().size();
  }

  NavigableMap<String, Kept> oldestFirst() {
    return byAcceptance;
  }

  Optional<Kept> find(SiteId site, EventId id) {
    return Optional.ofNullable(byId.get(new Name(site, id.value())));
  }

  /** Finds the event with this idempotency key. */
  Optional<Kept> find(SiteId site, String key) {
    return Optional.ofNullable(byKey.get(new Name(site, key)));
  }

  /** Returns earlier events with the same id or key; at most two. */
  List<Kept> withSameIdOrKey(Event event) {
    String key = key(event);
    Kept sameKey = key == null ? null : byKey.get(new Name(event.site(), key));
    return Stream.concat(find(event.site(), event.id()).stream(), Stream.ofNullable(sameKey))
        .distinct()
        .toList();
  }

  void add(Kept kept) {
    Event event = kept.event();
    String place = "%016x-%016x".formatted(event.acceptedAt().toEpochMilli(), ++count);
    byAcceptance.put(place, kept);
    bytes += bytes(kept);
    byId.put(new Name(event.site(), event.id().value()), kept);
    String key = key(event);
    if (key != null) {
      byKey.put(new Name(event.site(), key), kept);
    }
  }

  /** Records another delivery of an event. */
  void add(Kept kept, DeliveryId delivery) {
    kept.added().add(delivery);
    bytes += PER_DELIVERY;
  }

  /**
   * Removes an event from the indexes and the memory estimate; the caller has already removed it
   * from {@link #oldestFirst}.
   */
  void evicted(Kept kept) {
    Event event = kept.event();
    bytes -= bytes(kept);
    byId.remove(new Name(event.site(), event.id().value()));
    String key = key(event);
    if (key != null) {
      byKey.remove(new Name(event.site(), key));
    }
  }

  private static @Nullable String key(Event event) {
    return event.idempotence() == null ? null : event.idempotence().key();
  }
}
