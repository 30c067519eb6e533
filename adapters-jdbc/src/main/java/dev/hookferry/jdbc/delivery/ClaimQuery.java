package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.delivery.DeliveryQueue.Room;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.order.QueuePlace;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Claims free deliveries that are due. */
public final class ClaimQuery {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  public static final String FIRSTS =
      """
      SELECT k.endpoint_id, (
        SELECT q.due_at FROM hookferry_delivery_queue q
        WHERE q.endpoint_id = k.endpoint_id AND q.owner IS NULL
        ORDER BY q.endpoint_id, q.due_at, q.id LIMIT 1) AS due_at
      FROM <keys> k
      """;

  private static final String POSTPONE =
      """
      UPDATE hookferry_delivery_queue SET due_at = :due_at, owner = NULL
      WHERE site = :site AND id = :id
      """;

  /** Delay before an unreadable event is read again; an operator may have repaired it by then. */
  private static final Duration UNREADABLE = Duration.ofMinutes(1);

  private final Dialect dialect;
  private final DeliveryQueue queue;
  private final RowReader reading;

  ClaimQuery(Dialect dialect) {
    this.dialect = dialect;
    queue = DeliveryQueue.of(dialect);
    reading = new RowReader(dialect);
  }

  /** The due time of an endpoint's first free delivery. */
  private record First(EndpointId endpoint, Instant dueAt) {}

  /**
   * Claims deliveries; none if the owner is null.
   *
   * @param withAllChecks whether to read events one by one, to find an unreadable one
   */
  ClaimResult claim(
      Handle handle, @Nullable Owner owner, ClaimRequest claim, boolean withAllChecks) {
    List<First> heads = heads(handle, claim.room());
    // Twice the limit, because half of them may be locked by another node.
    List<Room> rooms =
        heads.stream()
            .filter(first -> !first.dueAt().isAfter(claim.dueBy()))
            .limit(2L * claim.limit())
            .map(first -> new Room(first.endpoint(), claim.room().of(first.endpoint())))
            .toList();
    if (owner == null || rooms.isEmpty()) {
      return new ClaimResult(List.of(), nextDue(heads));
    }
    List<RowReader.Queued> taken =
        fitting(queue.lockDue(handle, rooms, claim.dueBy(), claim.limit()), claim.maxBytes());
    if (!taken.isEmpty()) {
      queue.assign(handle, owner, taken.stream().map(RowReader.Queued::delivery).toList());
    }
    List<Work> work = withEvents(handle, taken, claim.dueBy(), withAllChecks);
    return new ClaimResult(work, nextDue(left(handle, heads, taken)));
  }

  /**
   * Returns the first free delivery of each endpoint with room, longest waiting first. Costs one
   * index lookup per endpoint: for each named one, or, if none are named, for each that has free
   * deliveries.
   */
  private List<First> heads(Handle handle, ClaimRequest.Room room) {
    List<First> heads =
        room.named()
            .map(named -> heads(handle, named.keySet()))
            .orElseGet(() -> read(handle.createQuery(queue.firsts())));
    return heads.stream()
        .filter(first -> room.of(first.endpoint()) > 0)
        .sorted(Comparator.comparing(First::dueAt))
        .toList();
  }

  private List<First> heads(Handle handle, Collection<EndpointId> endpoints) {
    if (endpoints.isEmpty()) {
      return List.of();
    }
    ColumnRows keys = ColumnRows.of(ColumnRows.uuid("endpoint_id"));
    endpoints.forEach(endpoint -> keys.add(endpoint.value()));
    return read(dialect.with(handle.createQuery(FIRSTS), "keys", keys));
  }

  private List<First> read(Query query) {
    List<First> heads = new ArrayList<>();
    query
        .map(
            (row, context) -> {
              Instant dueAt = QueuePlace.due(dialect.readTime(row, "due_at"));
              return dueAt != null
                  && heads.add(new First(new EndpointId(reading.uuid(row, "endpoint_id")), dueAt));
            })
        .list();
    return heads;
  }

  /** Returns the first free delivery of each endpoint after some have been taken. */
  private List<First> left(Handle handle, List<First> before, List<RowReader.Queued> taken) {
    Set<EndpointId> changed =
        taken.stream().map(queued -> queued.delivery().endpoint()).collect(Collectors.toSet());
    List<First> left = new ArrayList<>(heads(handle, changed));
    before.stream().filter(first -> !changed.contains(first.endpoint())).forEach(left::add);
    left.sort(Comparator.comparing(First::dueAt));
    return left;
  }

  private static @Nullable Instant nextDue(List<First> heads) {
    return heads.isEmpty() ? null : heads.get(0).dueAt();
  }

  /**
   * Returns as many deliveries as fit, but at least one; the others stay free when the transaction
   * ends.
   */
  private static List<RowReader.Queued> fitting(List<RowReader.Queued> locked, long maxBytes) {
    List<RowReader.Queued> fitting = new ArrayList<>();
    long bytes = 0;
    for (RowReader.Queued queued : locked) {
      bytes += queued.payloadBytes();
      if (!fitting.isEmpty() && bytes > maxBytes) {
        break;
      }
      fitting.add(queued);
    }
    return fitting;
  }

  /**
   * Reads the events. Deliveries with an unreadable event are postponed and those without an event
   * cancelled, so that they do not hold up the others.
   */
  private List<Work> withEvents(
      Handle handle, List<RowReader.Queued> taken, Instant now, boolean withAllChecks) {
    ClaimedEvents events = new ClaimedEvents(dialect, handle);
    events.read(taken.stream().map(RowReader.Queued::delivery).toList(), withAllChecks);
    List<Work> work = new ArrayList<>();
    LockedDeliveries lost = new LockedDeliveries(dialect);
    ColumnRows waiting =
        ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"), ColumnRows.time("due_at"));
    for (RowReader.Queued queued : taken) {
      Delivery delivery = queued.delivery();
      Event event = events.of(delivery);
      if (event != null) {
        work.add(new Work(delivery, event, queued.suspicion()));
      } else if (events.isUnreadable(delivery)) {
        waiting.add(delivery.site().value(), delivery.id().value(), now.plus(UNREADABLE));
      } else {
        // Hookferry never deletes the event of a pending delivery, so someone else did.
        LOG.log(
            System.Logger.Level.ERROR,
            "event missing: delivery cancelled site="
                + delivery.site()
                + " delivery="
                + delivery.id()
                + " event="
                + delivery.event());
        lost.takeQueued(queued);
        lost.put(delivery.cancelled(now));
      }
    }
    lost.write(handle);
    dialect.each(handle, POSTPONE, waiting);
    return work;
  }
}
