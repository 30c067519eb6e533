package dev.hookferry.jdbc;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.AttemptId;
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
import java.util.List;
import java.util.Optional;

/** The log in the database. */
final class JdbcLog implements AttemptLog {
  private final Database database;
  private final Reading reading;
  private final EventPages events;
  private final DeliveryPages deliveries;
  private final Retention retention;

  JdbcLog(Database database, Retention retention) {
    this.database = database;
    this.retention = retention;
    reading = new Reading(database.dialect());
    events = new EventPages(database);
    deliveries = new DeliveryPages(database);
  }

  @Override
  public Page<Attempt> attempts(AttemptQuery query) {
    AttemptId after = Cursors.read(query.page(), AttemptId::parse);
    Where where =
        new Where()
            .and("site = :site", "site", query.site().value())
            .and(
                "delivery_id = :delivery",
                "delivery",
                query.delivery() == null ? null : query.delivery().value())
            .and(
                "endpoint_id = :endpoint",
                "endpoint",
                query.endpoint() == null ? null : query.endpoint().value())
            .and("type = :type", "type", query.type() == null ? null : query.type().name())
            .within("started_at", query.started())
            .and("id < :after", "after", after == null ? null : after.value());
    if (query.outcome() != null) {
      // Written out, so that PostgreSQL sees that the index of failures will do.
      where.and("outcome = '" + query.outcome().word() + "'");
    }
    if (query.statusCode() != null) {
      where.and("COALESCE(status, 0) = :status", "status", query.statusCode());
    }
    String sql =
        """
        SELECT %s FROM hookferry_attempt %s ORDER BY site DESC, id DESC LIMIT :rows
        """
            .formatted(Reading.ATTEMPT, where.sql());
    List<Attempt> rows =
        database.look(
            handle ->
                where
                    .bindTo(handle.createQuery(sql))
                    .bind("rows", Cursors.rows(query.page()))
                    .map(reading.attempt())
                    .list());
    return Cursors.page(rows, query.page(), attempt -> attempt.id().toString());
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
