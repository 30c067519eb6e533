package dev.hookferry.memory;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AttemptLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In-memory log of events, deliveries and attempts. */
final class MemoryLog implements AttemptLog {
  private final Tables tables;
  private final MemoryEviction eviction;
  private final Pager attempts = new Pager("att_[0-9a-z]{26}");
  private final Pager deliveries = new Pager("dlv_[0-9a-z]{26}");
  private final Pager events = new Pager("[0-9a-f]{16}-[0-9a-f]{16}");

  MemoryLog(Tables tables, MemoryEviction eviction) {
    this.tables = tables;
    this.eviction = eviction;
  }

  @Override
  public Page<Attempt> attempts(AttemptQuery query) {
    synchronized (tables) {
      return attempts.page(tables.attempts.oldestFirst(), query.page(), query::matches);
    }
  }

  @Override
  public Page<Delivery> deliveries(DeliveryQuery query) {
    synchronized (tables) {
      return deliveries
          .page(
              tables.deliveries.oldestFirst(), query.page(), row -> isMatch(query, row.delivery()))
          .map(DeliveryTable.Row::delivery);
    }
  }

  private boolean isMatch(DeliveryQuery query, Delivery delivery) {
    return query.matches(delivery)
        && (query.fields().isEmpty()
            || tables
                .events
                .find(delivery.site(), delivery.event())
                .filter(kept -> query.matchesFields(kept.event()))
                .isPresent());
  }

  @Override
  public Map<String, Integer> waiting(EndpointId endpoint, Set<String> orderingKeys, int max) {
    Map<String, Integer> counts = new HashMap<>();
    synchronized (tables) {
      for (String key : orderingKeys) {
        counts.put(key, Math.min(max, tables.deliveries.waiting(endpoint, key)));
      }
    }
    return counts;
  }

  @Override
  public Page<Event> events(EventQuery query) {
    synchronized (tables) {
      return events
          .page(
              tables.events.oldestFirst(),
              query.page(),
              kept -> query.matches(kept.event()),
              kept -> kept.event().size())
          .map(EventTable.Kept::event);
    }
  }

  @Override
  public Optional<Event> event(SiteId site, EventId id) {
    synchronized (tables) {
      return tables.events.find(site, id).map(EventTable.Kept::event);
    }
  }

  @Override
  public Optional<Event> eventByKey(SiteId site, String idempotencyKey) {
    synchronized (tables) {
      return tables.events.find(site, idempotencyKey).map(EventTable.Kept::event);
    }
  }

  @Override
  public Optional<Delivery> delivery(SiteId site, DeliveryId id) {
    synchronized (tables) {
      return tables.deliveries.find(site, id).map(DeliveryTable.Row::delivery);
    }
  }

  @Override
  public long purge(Instant acceptedBefore) {
    synchronized (tables) {
      return eviction.before(acceptedBefore);
    }
  }
}
