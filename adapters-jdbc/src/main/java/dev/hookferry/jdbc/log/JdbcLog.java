package dev.hookferry.jdbc.log;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.order.WaitingCount;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AttemptLog;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The attempt log in the database. Thread-safe. */
public final class JdbcLog implements AttemptLog {
  private final AttemptPages attempts;
  private final EventPages events;
  private final DeliveryPages deliveries;
  private final SqlRetention retention;
  private final WaitingCount waiting;

  public JdbcLog(Database database, SqlRetention retention) {
    this(database, retention, PageReader.of(database), EventPages.NEWEST);
  }

  /**
   * Creates a log with a given page reader and a given number of newest events to scan, for tests.
   */
  JdbcLog(Database database, SqlRetention retention, PageReader lists, int newest) {
    this.retention = retention;
    attempts = new AttemptPages(database, lists);
    events = new EventPages(database, lists, newest);
    deliveries = new DeliveryPages(database, lists, events);
    waiting = new WaitingCount(database);
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
  public Map<String, Integer> waiting(EndpointId endpoint, Set<String> orderingKeys, int max) {
    return waiting.count(endpoint, orderingKeys, max);
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
  public long purge(Instant acceptedBefore) {
    return retention.purge(acceptedBefore);
  }
}
