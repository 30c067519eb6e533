package org.example.store;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.example.store.Fact.EventName;

/** The whole content of the store, in memory. Only facts change it. Not thread-safe. */
final class LedgerTables {
  private final NavigableMap<String, EventRow> events = new TreeMap<>();
  private final Map<EventName, EventRow> eventsById = new HashMap<>();
  private final Map<SiteId, Map<String, EventRow>> eventsByKey = new HashMap<>();
  private final DeliveryIndex deliveries = new DeliveryIndex();
  private final NavigableMap<String, Attempt> attempts = new TreeMap<>();
  private final NavigableMap<String, AuditEntry> audit = new TreeMap<>();
  private final NavigableMap<String, ReplayStore.ReplayEntry> replays = new TreeMap<>();
  private Config config = Config.EMPTY;
  private long lastEvent;

  /** Returns all events, by {@link EventRow#place}. */
  NavigableMap<String, EventRow> events() {
    return events;
  }

  DeliveryIndex deliveries() {
    return deliveries;
  }

  /** Returns all attempts, by their ids as strings, which sort by time. */
  NavigableMap<String, Attempt> attempts() {
    return attempts;
  }

  /** Returns the audit log, by entry ids as strings, which sort by time. */
  NavigableMap<String, AuditEntry> audit() {
    return audit;
  }

  /** Returns all replays, by their ids as strings, which sort by time. */
  NavigableMap<String, ReplayStore.ReplayEntry> replays() {
    return replays;
  }

  Config config() {
    return config;
  }

  /** Returns the number of the next event. */
  long nextEvent() {
    return lastEvent + 1;
  }

  Optional<EventRow> event(SiteId site, EventId id) {
    return Optional.ofNullable(eventsById.get(new EventName(site, id)));
  }

  Optional<EventRow> eventByKey(SiteId site, String key) {
    return Optional.ofNullable(eventsByKey.getOrDefault(site, Map.of()).get(key));
  }

  /** Returns the earlier events with the id or key of this one; at most two. */
  List<EventRow> withSameIdOrKey(EventRow row) {
    Event event = row.event();
    Stream<EventRow> sameKey =
        row.key() == null ? Stream.empty() : eventByKey(event.site(), row.key()).stream();
    return Stream.concat(event(event.site(), event.id()).stream(), sameKey).distinct().toList();
  }

  void apply(Fact fact) {
    if (fact instanceof Fact.EventAccepted accepted) {
      add(new EventRow(accepted.number(), accepted.event(), accepted.deliveries()));
    } else if (fact instanceof Fact.DeliveryChanged changed) {
      put(new DeliveryIndex.Row(changed.delivery(), changed.owner(), changed.suspicion()));
    } else if (fact instanceof Fact.AttemptMade made) {
      attempts.put(made.attempt().id().toString(), made.attempt());
    } else if (fact instanceof Fact.EventsPurged purged) {
      purge(purged.events());
    } else if (fact instanceof Fact.ConfigSaved saved) {
      List<ConfigChange> changes = saved.entries().stream().map(ConfigEntry::change).toList();
      config = config.after(changes, saved.version());
    } else if (fact instanceof Fact.AuditAppended appended) {
      audit.put(appended.entry().id().toString(), appended.entry());
    } else if (fact instanceof Fact.AuditPurged purged) {
      audit.values().removeIf(entry -> entry.at().isBefore(purged.before()));
    } else if (fact instanceof Fact.ReplaySaved saved) {
      replays.put(saved.replay().id().toString(), saved.replay());
    } else if (fact instanceof Fact.ReplayRemoved removed) {
      replays.remove(removed.id().toString());
    } else {
      throw new IllegalArgumentException("unknown fact: " + fact.getClass());
    }
  }

  private void add(EventRow row) {
    Event event = row.event();
    lastEvent = Math.max(lastEvent, row.number());
    events.put(row.place(), row);
    eventsById.put(new EventName(event.site(), event.id()), row);
    if (row.key() != null) {
      eventsByKey.computeIfAbsent(event.site(), site -> new HashMap<>()).put(row.key(), row);
    }
  }

  private void put(DeliveryIndex.Row row) {
    Delivery delivery = row.delivery();
    deliveries.put(row);
    event(delivery.site(), delivery.event())
        .ifPresent(event -> event.deliveries().add(delivery.id()));
  }

  private void purge(List<EventName> names) {
    Set<DeliveryId> deliveryIds = new HashSet<>();
    for (EventName name : names) {
      EventRow row = eventsById.remove(name);
      events.remove(row.place());
      if (row.key() != null) {
        eventsByKey.get(name.site()).remove(row.key());
      }
      deliveryIds.addAll(row.deliveries());
    }
    deliveryIds.forEach(deliveries::remove);
    attempts.values().removeIf(attempt -> deliveryIds.contains(attempt.delivery()));
  }

  /**
   * Ends the ownership of a former process. Its deliveries become free, and crash suspects, because
   * any of them may have crashed it.
   */
  void disownAll() {
    for (Delivery delivery : List.copyOf(deliveries.pending())) {
      DeliveryIndex.Row row = deliveries.find(delivery.site(), delivery.id()).orElseThrow();
      if (row.owner() != null) {
        CrashSuspicion suspicion = row.suspicion().afterDeath();
        deliveries.put(new DeliveryIndex.Row(delivery, null, suspicion));
      }
    }
  }

  /** Returns the smallest set of facts that produces these tables. */
  Stream<Fact> facts() {
    return Stream.<Stream<? extends Fact>>of(
            events.values().stream()
                .map(row -> new Fact.EventAccepted(row.number(), row.event(), row.published())),
            deliveries
                .inOrder()
                .map(r -> new Fact.DeliveryChanged(r.delivery(), r.owner(), r.suspicion())),
            attempts.values().stream().map(Fact.AttemptMade::new),
            Stream.of(new Fact.ConfigSaved(config.version(), ConfigEntry.all(config))),
            audit.values().stream().map(Fact.AuditAppended::new),
            replays.values().stream().map(Fact.ReplaySaved::new))
        .flatMap(facts -> facts);
  }
}
