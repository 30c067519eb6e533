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

/** The events of all sites, in the order of acceptance, found by id and by key too. */
final class EventTable {
  private static final long PER_EVENT = 600;

  /** With an attempt or two. */
  private static final long PER_DELIVERY = 1_200;

  private final NavigableMap<String, Kept> byAcceptance = new TreeMap<>();
  private final Map<Name, Kept> byId = new HashMap<>();
  private final Map<Name, Kept> byKey = new HashMap<>();
  private long count;
  private long bytes;

  /**
   * An event.
   *
   * @param deliveries those that it was accepted with
   * @param added those that it got later
   */
  record Kept(Event event, List<DeliveryId> deliveries, List<DeliveryId> added) {
    static Kept of(Event event, List<DeliveryId> deliveries) {
      return new Kept(event, deliveries, new ArrayList<>());
    }

    /** All of its deliveries. */
    List<DeliveryId> all() {
      return Stream.concat(deliveries.stream(), added.stream()).toList();
    }

    /** Whether a publish of the other event may be answered with this one. */
    boolean isRepeatedBy(Event other) {
      Idempotence mine = event.idempotence();
      Idempotence theirs = other.idempotence();
      return mine != null && theirs != null && mine.fingerprint().equals(theirs.fingerprint());
    }
  }

  private record Name(SiteId site, String name) {}

  /** How much memory the events take, with their deliveries and attempts; about. */
  long bytes() {
    return bytes;
  }

  private static long bytes(Kept kept) {
    return PER_EVENT + kept.event().payload().size() + PER_DELIVERY * kept.all().size();
  }

  NavigableMap<String, Kept> newestLast() {
    return byAcceptance;
  }

  Optional<Kept> find(SiteId site, EventId id) {
    return Optional.ofNullable(byId.get(new Name(site, id.value())));
  }

  /** The one with this idempotency key. */
  Optional<Kept> find(SiteId site, String key) {
    return Optional.ofNullable(byKey.get(new Name(site, key)));
  }

  /** The earlier events with the id or with the key of this one: two at most. */
  List<Kept> namesakes(Event event) {
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

  /** An event got one more delivery. */
  void add(Kept kept, DeliveryId delivery) {
    kept.added().add(delivery);
    bytes += PER_DELIVERY;
  }

  /** Takes the names and the weight out of an event that is in the order of acceptance no more. */
  void forgotten(Kept kept) {
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
