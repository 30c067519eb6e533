package dev.hookferry.jdbc.delivery;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.OrphanedEndpoint;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Finds unknown endpoints that still have pending deliveries. */
final class OrphanedEndpointSearch {
  private final Database database;
  private final RowReader reading;

  OrphanedEndpointSearch(Database database) {
    this.database = database;
    reading = new RowReader(database.dialect());
  }

  List<OrphanedEndpoint> notIn(Set<EndpointId> known) {
    return database.query(handle -> notIn(handle, known));
  }

  private List<OrphanedEndpoint> notIn(Handle handle, Set<EndpointId> known) {
    ColumnRows unknown = ColumnRows.of(ColumnRows.uuid("endpoint_id"));
    handle
        .createQuery(DeliveryQueue.of(database.dialect()).endpoints())
        .map((row, context) -> new EndpointId(reading.uuid(row, "endpoint_id")))
        .filter(endpoint -> !known.contains(endpoint))
        .forEach(endpoint -> unknown.add(endpoint.value()));
    return unknown.isEmpty() ? List.of() : free(handle, unknown);
  }

  /** Returns the endpoints that have a free delivery, with the delivery's site. */
  private List<OrphanedEndpoint> free(Handle handle, ColumnRows endpoints) {
    String sql =
        """
        SELECT f.endpoint_id, f.site FROM (
          SELECT k.endpoint_id, (
            SELECT q.site FROM hookferry_delivery_queue q
            WHERE q.endpoint_id = k.endpoint_id AND q.owner IS NULL
            ORDER BY q.endpoint_id, q.due_at, q.id LIMIT 1) AS site
          FROM <keys> k) f
        WHERE f.site IS NOT NULL
        """;
    return database
        .dialect()
        .with(handle.createQuery(sql), "keys", endpoints)
        .map(
            (row, context) ->
                new OrphanedEndpoint(
                    new SiteId(row.getString("site")),
                    new EndpointId(reading.uuid(row, "endpoint_id"))))
        .list();
  }
}
