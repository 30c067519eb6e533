package dev.hookferry.jdbc.order;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.PublishEntry.Entry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the table of pending deliveries, with or without a place in the queue of an ordering key.
 */
public final class QueueRows {
  private QueueRows() {}

  /**
   * Returns queue rows for new deliveries.
   *
   * @param queues the places of deliveries that enter the queue of an ordering key
   */
  public static ColumnRows of(List<Entry> entries, @Nullable Owner owner, KeyQueues queues) {
    ColumnRows.Column last = ColumnRows.uuid("owner");
    ColumnRows rows = queues.isEmpty() ? columns(last) : inOrder(last);
    Object mine = owner == null ? null : owner.value();
    for (Entry entry : entries) {
      for (Queued queued : entry.deliveries()) {
        int payloadBytes = entry.event().payload().size();
        boolean owned = queued.owned() && !queues.waits(queued.delivery());
        addNew(rows, queued.delivery(), payloadBytes, owned ? mine : null, queues);
      }
    }
    return rows;
  }

  /** Returns queue rows for new, free deliveries of one event. */
  public static ColumnRows of(List<Delivery> deliveries, int payloadBytes, KeyQueues queues) {
    ColumnRows.Column last = ColumnRows.uuid("owner");
    ColumnRows rows = queues.isEmpty() ? columns(last) : inOrder(last);
    deliveries.forEach(delivery -> addNew(rows, delivery, payloadBytes, null, queues));
    return rows;
  }

  private static void addNew(
      ColumnRows rows, Delivery delivery, int bytes, @Nullable Object owner, KeyQueues queues) {
    if (queues.isEmpty()) {
      add(rows, delivery, bytes, owner);
    } else {
      Delivery stored = queues.waits(delivery) ? delivery.waiting() : delivery;
      add(rows, stored, bytes, queues.place(delivery), owner);
    }
  }

  /** Returns empty rows with the columns of all pending deliveries, followed by one more. */
  private static ColumnRows columns(ColumnRows.Column last) {
    return ColumnRows.of(columnsOfAll(last));
  }

  /** Returns empty rows that also have the columns of an ordering key's queue. */
  public static ColumnRows inOrder(ColumnRows.Column last) {
    return ColumnRows.of(
        Stream.concat(
                Stream.of(columnsOfAll(last)),
                Stream.of(
                    ColumnRows.text("ordering_key"),
                    ColumnRows.uuid("key_queue"),
                    ColumnRows.longInteger("key_position"),
                    ColumnRows.text("parked"),
                    ColumnRows.time("own_due_at")))
            .toArray(ColumnRows.Column[]::new));
  }

  private static ColumnRows.Column[] columnsOfAll(ColumnRows.Column last) {
    return new ColumnRows.Column[] {
      ColumnRows.text("site"),
      ColumnRows.uuid("id"),
      ColumnRows.text("event_id"),
      ColumnRows.text("type"),
      ColumnRows.uuid("endpoint_id"),
      ColumnRows.integer("attempts"),
      ColumnRows.time("created_at"),
      ColumnRows.time("due_at"),
      ColumnRows.integer("payload_bytes"),
      last
    };
  }

  /** Adds a pending delivery, with its value in the last column. */
  private static void add(
      ColumnRows rows, Delivery delivery, int payloadBytes, @Nullable Object last) {
    rows.add(
        delivery.site().value(),
        delivery.id().value(),
        delivery.event().value(),
        delivery.type().name(),
        delivery.endpoint().value(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.dueAt(),
        payloadBytes,
        last);
  }

  /**
   * Adds a delivery to rows created by {@link #inOrder}.
   *
   * @param place its place, or null if it has none
   * @param last its value in the last column passed to {@link #inOrder}
   */
  public static void add(
      ColumnRows rows,
      Delivery delivery,
      int payloadBytes,
      @Nullable QueuePlace place,
      @Nullable Object last) {
    Instant parked = QueuePlace.parked(delivery.state());
    rows.add(
        delivery.site().value(),
        delivery.id().value(),
        delivery.event().value(),
        delivery.type().name(),
        delivery.endpoint().value(),
        delivery.attempts(),
        delivery.createdAt(),
        parked == null ? delivery.dueAt() : parked,
        payloadBytes,
        last,
        delivery.orderingKey(),
        place == null ? null : place.queue(),
        place == null ? null : place.position(),
        parked == null ? null : delivery.state().code(),
        parked == null ? null : delivery.dueAt());
  }
}
