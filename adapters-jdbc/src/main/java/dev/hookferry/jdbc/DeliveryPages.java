package dev.hookferry.jdbc;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.DeliveryQuery;
import dev.hookferry.port.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Deliveries, the pending ones of the queue and the final ones, in one order. */
final class DeliveryPages {
  /**
   * As {@link Reading#FINAL}; a pending delivery has not been settled, but a UNION wants a type.
   */
  private static final String PENDING =
      "site, id, event_id, type, endpoint_id, 'pending' AS state, attempts, created_at, due_at,"
          + " due_at AS settled_at";

  private final Database database;
  private final Reading reading;

  DeliveryPages(Database database) {
    this.database = database;
    reading = new Reading(database.dialect());
  }

  Page<Delivery> page(DeliveryQuery query) {
    DeliveryId after = Cursors.read(query.page(), DeliveryId::parse);
    Where where =
        new Where()
            .and("site = :site", "site", query.site().value())
            .among(
                "endpoint_id",
                query.endpoints().only(),
                "endpoints",
                query.endpoints().ids().stream().map(EndpointId::value).toList())
            .and("type = :type", "type", query.type() == null ? null : query.type().name())
            .within("created_at", query.created())
            .and("id < :after", "after", after == null ? null : after.value());
    if (query.event() != null) {
      // Deliveries are indexed by the time of acceptance, which is cheaper than by event.
      where.and(
          """
          created_at = (SELECT max(e.accepted_at) FROM hookferry_event e
            WHERE e.site = :site AND e.id = :event) AND event_id = :event
          """,
          "event",
          query.event().value());
    }
    String sql = sql(query, where);
    if (sql.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    List<Delivery> rows =
        database.look(
            handle ->
                where
                    .bindTo(handle.createQuery(sql))
                    .bind("rows", Cursors.rows(query.page()))
                    .map(reading.delivery())
                    .list());
    return Cursors.page(rows, query.page(), delivery -> delivery.id().toString());
  }

  private static String sql(DeliveryQuery query, Where where) {
    List<String> parts = new ArrayList<>();
    String part = "(SELECT %s FROM %s %s ORDER BY site DESC, id DESC LIMIT :rows)";
    if (query.states().contains(DeliveryState.PENDING)) {
      parts.add(part.formatted(PENDING, "hookferry_delivery_queue", where.sql()));
    }
    String finals =
        query.states().stream()
            .filter(DeliveryState::isFinal)
            .map(state -> "'" + state.word() + "'")
            .collect(Collectors.joining(", "));
    if (!finals.isEmpty()) {
      String states = where.sql() + " AND state IN (" + finals + ")";
      parts.add(part.formatted(Reading.FINAL, "hookferry_delivery", states));
    }
    return parts.size() < 2
        ? String.join("", parts)
        : String.join(" UNION ALL ", parts) + " ORDER BY id DESC LIMIT :rows";
  }

  Optional<Delivery> find(SiteId site, DeliveryId id) {
    String sql =
        """
        SELECT %s FROM hookferry_delivery_queue WHERE site = :site AND id = :id
        UNION ALL
        SELECT %s FROM hookferry_delivery WHERE site = :site AND id = :id
        """
            .formatted(PENDING, Reading.FINAL);
    return database.look(
        handle ->
            handle
                .createQuery(sql)
                .bind("site", site.value())
                .bind("id", id.value())
                .map(reading.delivery())
                .findFirst());
  }
}
