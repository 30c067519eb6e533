package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.jdbc.order.QueueRows;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Adds new deliveries to a stored event. */
public final class AddedDeliveries {
  private final Dialect dialect;

  public AddedDeliveries(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Adds deliveries to those endpoints that have none of the event yet. Locks the event first, so
   * that no other transaction adds deliveries or removes the event in the meantime.
   */
  public Reply deliver(Handle handle, Command.Deliver command) {
    Optional<Integer> payloadBytes = lock(handle, command);
    if (payloadBytes.isEmpty()) {
      return new Reply(Kind.NOT_FOUND, 0);
    }
    Set<EndpointId> reached = reached(handle, command);
    List<Delivery> fresh =
        command.deliveries().stream().filter(d -> reached.add(d.endpoint())).toList();
    KeyQueues queues = new KeyQueues(dialect);
    fresh.forEach(queues::enter);
    queues.lock(handle);
    dialect.insert(
        handle, "hookferry_delivery_queue", QueueRows.of(fresh, payloadBytes.get(), queues));
    boolean unused = queues.write(handle, Set.of());
    return new Reply(Kind.DONE, fresh.size());
  }

  private Optional<Integer> lock(Handle handle, Command.Deliver command) {
    String sql =
        """
        SELECT OCTET_LENGTH(e.payload) FROM hookferry_event e
        WHERE e.site = :site AND e.id = :event AND e.accepted_at = :accepted
        """
            + dialect.lock("e");
    return handle
        .createQuery(sql)
        .bind("site", command.site().value())
        .bind("event", command.event().value())
        .bind("accepted", command.acceptedAt())
        .mapTo(Integer.class)
        .findOne();
  }

  private Set<EndpointId> reached(Handle handle, Command.Deliver command) {
    String sql =
        """
        SELECT endpoint_id FROM hookferry_delivery_queue
        WHERE created_at = :accepted AND event_id = :event AND site = :site
        UNION ALL
        SELECT endpoint_id FROM hookferry_delivery
        WHERE created_at = :accepted AND event_id = :event AND site = :site
        """;
    RowReader reading = new RowReader(dialect);
    return new HashSet<>(
        handle
            .createQuery(sql)
            .bind("site", command.site().value())
            .bind("event", command.event().value())
            .bind("accepted", command.acceptedAt())
            .map((row, context) -> new EndpointId(reading.uuid(row, "endpoint_id")))
            .list());
  }
}
