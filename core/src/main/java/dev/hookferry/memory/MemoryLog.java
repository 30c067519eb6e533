package dev.hookferry.memory;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AttemptLog;
import java.time.Instant;
import java.util.Optional;

/** The log in memory. */
final class MemoryLog implements AttemptLog {
  private final Tables tables;
  private final Forgetting forgetting;
  private final Pager attempts = new Pager("att_[0-9a-z]{26}");
  private final Pager deliveries = new Pager("dlv_[0-9a-z]{26}");
  private final Pager events = new Pager("[0-9a-f]{16}-[0-9a-f]{16}");

  MemoryLog(Tables tables, Forgetting forgetting) {
    this.tables = tables;
    this.forgetting = forgetting;
  }

  @Override
  public Page<Attempt> attempts(AttemptQuery query) {
    synchronized (tables) {
      return attempts.page(tables.attempts, query.page(), attempt -> matches(query, attempt));
    }
  }

  @Override
  public Page<Delivery> deliveries(DeliveryQuery query) {
    synchronized (tables) {
      return deliveries
          .page(tables.deliveries.newestLast(), query.page(), row -> matches(query, row.delivery()))
          .map(DeliveryTable.Row::delivery);
    }
  }

  @Override
  public Page<Event> events(EventQuery query) {
    synchronized (tables) {
      return events
          .page(tables.events.newestLast(), query.page(), kept -> matches(query, kept.event()))
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
      return forgetting.before(acceptedBefore);
    }
  }

  private static boolean matches(AttemptQuery query, Attempt attempt) {
    return attempt.site().equals(query.site())
        && (query.delivery() == null || query.delivery().equals(attempt.delivery()))
        && (query.endpoint() == null || query.endpoint().equals(attempt.endpoint()))
        && (query.type() == null || query.type().equals(attempt.type()))
        && (query.outcome() == null || query.outcome() == attempt.outcome().kind())
        && (query.statusCode() == null || query.statusCode() == attempt.outcome().statusCode())
        && query.started().contains(attempt.startedAt());
  }

  private static boolean matches(DeliveryQuery query, Delivery delivery) {
    return delivery.site().equals(query.site())
        && query.states().contains(delivery.state())
        && query.endpoints().contains(delivery.endpoint())
        && (query.event() == null || query.event().equals(delivery.event()))
        && (query.type() == null || query.type().equals(delivery.type()))
        && query.created().contains(delivery.createdAt());
  }

  private static boolean matches(EventQuery query, Event event) {
    return event.site().equals(query.site())
        && (query.type() == null || query.type().equals(event.type()))
        && query.accepted().contains(event.acceptedAt());
  }
}
