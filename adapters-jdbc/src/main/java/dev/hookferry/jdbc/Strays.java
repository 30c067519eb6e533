package dev.hookferry.jdbc;

import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.Stray;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Finds endpoints that deliveries wait for although nobody knows them. */
final class Strays {
  private final Database database;
  private final Reading reading;

  Strays(Database database) {
    this.database = database;
    reading = new Reading(database.dialect());
  }

  List<Stray> besides(Set<EndpointId> known) {
    return database.look(handle -> besides(handle, known));
  }

  private List<Stray> besides(Handle handle, Set<EndpointId> known) {
    Rows unknown = Rows.of(Rows.uuid("endpoint_id"));
    handle
        .createQuery(database.dialect().queue().endpoints())
        .map((row, context) -> new EndpointId(reading.uuid(row, "endpoint_id")))
        .filter(endpoint -> !known.contains(endpoint))
        .forEach(endpoint -> unknown.add(endpoint.value()));
    return unknown.isEmpty() ? List.of() : free(handle, unknown);
  }

  /** Those of the endpoints that have a delivery which nobody owns, and the site of that. */
  private List<Stray> free(Handle handle, Rows endpoints) {
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
                new Stray(
                    new SiteId(row.getString("site")),
                    new EndpointId(reading.uuid(row, "endpoint_id"))))
        .list();
  }
}
