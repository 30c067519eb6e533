package dev.hookferry.jdbc;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.jdbc.DeliveryQueue.Room;
import dev.hookferry.port.Claim;
import dev.hookferry.port.Claimed;
import dev.hookferry.port.Claimed.Work;
import dev.hookferry.port.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Hands out free deliveries. */
final class Claims {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  static final String FIRSTS =
      """
      SELECT k.endpoint_id, (
        SELECT q.due_at FROM hookferry_delivery_queue q
        WHERE q.endpoint_id = k.endpoint_id AND q.owner IS NULL
        ORDER BY q.endpoint_id, q.due_at, q.id LIMIT 1) AS due_at
      FROM <keys> k
      """;

  private final Dialect dialect;
  private final DeliveryQueue queue;
  private final Reading reading;

  Claims(Dialect dialect) {
    this.dialect = dialect;
    queue = dialect.queue();
    reading = new Reading(dialect);
  }

  /** When the first free delivery of an endpoint is due. */
  private record First(EndpointId endpoint, Instant dueAt) {}

  /** Takes what the claim asks for, or nothing for a null owner. */
  Claimed claim(Handle handle, @Nullable Owner owner, Claim claim) {
    List<First> firsts = firsts(handle, claim);
    List<Room> rooms =
        firsts.stream()
            .filter(first -> !first.dueAt().isAfter(claim.dueBy()))
            .map(first -> new Room(first.endpoint(), room(claim, first.endpoint())))
            .toList();
    if (owner == null || rooms.isEmpty()) {
      return new Claimed(List.of(), nextDue(firsts));
    }
    List<Reading.Queued> taken =
        fitting(queue.lockDue(handle, rooms, claim.dueBy(), claim.limit()), claim.maxBytes());
    if (!taken.isEmpty()) {
      queue.own(handle, owner, taken.stream().map(Reading.Queued::delivery).toList());
    }
    return new Claimed(withEvents(handle, taken, claim.dueBy()), nextDue(firsts(handle, claim)));
  }

  private static int room(Claim claim, EndpointId endpoint) {
    return Objects.requireNonNull(claim.room().get(endpoint));
  }

  /** For each endpoint one step into an index; those that have waited longest come first. */
  private List<First> firsts(Handle handle, Claim claim) {
    if (claim.room().isEmpty()) {
      return List.of();
    }
    Rows keys = Rows.of(Rows.uuid("endpoint_id"));
    claim.room().keySet().forEach(endpoint -> keys.add(endpoint.value()));
    List<First> firsts = new ArrayList<>();
    dialect
        .with(handle.createQuery(FIRSTS), "keys", keys)
        .map(
            (row, context) -> {
              Instant dueAt = dialect.readTime(row, "due_at");
              return dueAt != null
                  && firsts.add(new First(new EndpointId(reading.uuid(row, "endpoint_id")), dueAt));
            })
        .list();
    firsts.sort(Comparator.comparing(First::dueAt));
    return firsts;
  }

  private static @Nullable Instant nextDue(List<First> firsts) {
    return firsts.isEmpty() ? null : firsts.get(0).dueAt();
  }

  /** As many as fit, but one at least; the others stay free when the transaction ends. */
  private static List<Reading.Queued> fitting(List<Reading.Queued> locked, long maxBytes) {
    List<Reading.Queued> fitting = new ArrayList<>();
    long bytes = 0;
    for (Reading.Queued queued : locked) {
      bytes += queued.payloadBytes();
      if (!fitting.isEmpty() && bytes > maxBytes) {
        break;
      }
      fitting.add(queued);
    }
    return fitting;
  }

  private record EventKey(SiteId site, EventId id) {
    static EventKey of(Delivery delivery) {
      return new EventKey(delivery.site(), delivery.event());
    }
  }

  private List<Work> withEvents(Handle handle, List<Reading.Queued> taken, Instant now) {
    Map<EventKey, Event> events = taken.isEmpty() ? Map.of() : events(handle, taken);
    List<Work> work = new ArrayList<>();
    LockedDeliveries lost = new LockedDeliveries(dialect);
    for (Reading.Queued queued : taken) {
      Delivery delivery = queued.delivery();
      Event event = events.get(EventKey.of(delivery));
      if (event != null) {
        work.add(new Work(delivery, event, queued.suspicion()));
      } else {
        // Only a hand that is not ours can have deleted it. It must not hold up the others.
        LOG.log(System.Logger.Level.WARNING, delivery.id() + " has lost its event: cancelled");
        lost.takeQueued(delivery);
        lost.put(delivery.cancelled(now));
      }
    }
    lost.write(handle);
    return work;
  }

  /** Each event is read once, whatever the number of its deliveries. */
  private Map<EventKey, Event> events(Handle handle, List<Reading.Queued> taken) {
    String sql =
        """
        SELECT %s FROM <keys> k
        JOIN hookferry_event e
          ON e.site = k.site AND e.id = k.id AND e.accepted_at = k.accepted_at
        """
            .formatted(Reading.of("e", Reading.EVENT));
    Rows keys = Rows.of(Rows.text("site"), Rows.text("id"), Rows.time("accepted_at"));
    Set<EventKey> asked = new HashSet<>();
    for (Reading.Queued queued : taken) {
      Delivery delivery = queued.delivery();
      if (asked.add(EventKey.of(delivery))) {
        keys.add(delivery.site().value(), delivery.event().value(), delivery.createdAt());
      }
    }
    return dialect.with(handle.createQuery(sql), "keys", keys).map(reading.event()).stream()
        .collect(Collectors.toMap(event -> new EventKey(event.site(), event.id()), event -> event));
  }
}
