package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.delivery.DeliveryQueue.Room;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Hands out free deliveries. */
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

  /** How long a delivery waits whose event cannot be read: somebody may mend it. */
  private static final Duration UNREADABLE = Duration.ofMinutes(1);

  private final Dialect dialect;
  private final DeliveryQueue queue;
  private final RowReader reading;

  ClaimQuery(Dialect dialect) {
    this.dialect = dialect;
    queue = DeliveryQueue.of(dialect);
    reading = new RowReader(dialect);
  }

  /** When the first free delivery of an endpoint is due. */
  private record First(EndpointId endpoint, Instant dueAt) {}

  /**
   * Takes what the claim asks for, or nothing for a null owner.
   *
   * @param careful whether an event that cannot be read is looked for
   */
  ClaimResult claim(Handle handle, @Nullable Owner owner, ClaimRequest claim, boolean careful) {
    List<First> firsts = firsts(handle, claim);
    List<Room> rooms =
        firsts.stream()
            .filter(first -> !first.dueAt().isAfter(claim.dueBy()))
            .map(first -> new Room(first.endpoint(), room(claim, first.endpoint())))
            .toList();
    if (owner == null || rooms.isEmpty()) {
      return new ClaimResult(List.of(), nextDue(firsts));
    }
    List<RowReader.Queued> taken =
        fitting(queue.lockDue(handle, rooms, claim.dueBy(), claim.limit()), claim.maxBytes());
    if (!taken.isEmpty()) {
      queue.own(handle, owner, taken.stream().map(RowReader.Queued::delivery).toList());
    }
    List<Work> work = withEvents(handle, taken, claim.dueBy(), careful);
    return new ClaimResult(work, nextDue(firsts(handle, claim)));
  }

  private static int room(ClaimRequest claim, EndpointId endpoint) {
    return Objects.requireNonNull(claim.room().get(endpoint));
  }

  /** For each endpoint one step into an index; those that have waited longest come first. */
  private List<First> firsts(Handle handle, ClaimRequest claim) {
    if (claim.room().isEmpty()) {
      return List.of();
    }
    ColumnRows keys = ColumnRows.of(ColumnRows.uuid("endpoint_id"));
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

  /** What has no event that can be read must not hold up the others. */
  private List<Work> withEvents(
      Handle handle, List<RowReader.Queued> taken, Instant now, boolean careful) {
    ClaimedEvents events = new ClaimedEvents(dialect, handle);
    events.read(taken.stream().map(RowReader.Queued::delivery).toList(), careful);
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
        // Only a hand that is not ours can have deleted it.
        LOG.log(System.Logger.Level.WARNING, delivery.id() + " has lost its event: cancelled");
        lost.takeQueued(delivery);
        lost.put(delivery.cancelled(now));
      }
    }
    lost.write(handle);
    dialect.each(handle, POSTPONE, waiting);
    return work;
  }
}
