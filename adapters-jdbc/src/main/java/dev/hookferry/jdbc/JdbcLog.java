package dev.hookferry.jdbc;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.port.AttemptLog;
import dev.hookferry.port.AttemptQuery;
import dev.hookferry.port.DeliveryQuery;
import dev.hookferry.port.EventQuery;
import dev.hookferry.port.Page;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The log in the database. */
final class JdbcLog implements AttemptLog {
  private final AttemptPages attempts;
  private final EventPages events;
  private final DeliveryPages deliveries;
  private final Retention retention;

  JdbcLog(Database database, Retention retention) {
    this(database, retention, database.dialect().lists(database));
  }

  /** With another way to read lists. */
  JdbcLog(Database database, Retention retention, Lists lists) {
    this.retention = retention;
    attempts = new AttemptPages(database, lists);
    events = new EventPages(database, lists);
    deliveries = new DeliveryPages(database, lists);
  }

  @Override
  public Page<Attempt> attempts(AttemptQuery query) {
    return attempts.page(query);
  }

  @Override
  public Map<DeliveryId, Attempt> lastAttempts(SiteId site, Set<DeliveryId> some) {
    return attempts.last(site, some);
  }

  @Override
  public Page<Delivery> deliveries(DeliveryQuery query) {
    return deliveries.page(query);
  }

  @Override
  public Page<Event> events(EventQuery query) {
    return events.page(query);
  }

  @Override
  public Optional<Event> event(SiteId site, EventId id) {
    return events.find(site, id);
  }

  @Override
  public Optional<Event> eventByKey(SiteId site, String idempotencyKey) {
    return events.find(site, idempotencyKey);
  }

  @Override
  public Optional<Delivery> delivery(SiteId site, DeliveryId id) {
    return deliveries.find(site, id);
  }

  @Override
  public long forget(Instant acceptedBefore) {
    return retention.forget(acceptedBefore);
  }
}
