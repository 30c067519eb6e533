package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.jdbc.order.QueueRows;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Inserts rows into the event, delivery and attempt tables. */
final class Inserts {
  private final Dialect dialect;

  Inserts(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Inserts events. Names are inserted first: if one is taken, the payloads need not be sent. */
  void events(Handle handle, List<Entry> entries) {
    dialect.insert(handle, "hookferry_event_id", BatchRows.names(entries));
    dialect.insert(handle, "hookferry_event", BatchRows.events(entries));
    ColumnRows fields = BatchRows.fields(entries);
    if (!fields.isEmpty() && dialect.hasFieldTable()) {
      dialect.insert(handle, "hookferry_event_field", fields);
    }
  }

  void queue(Handle handle, List<Entry> entries, @Nullable Owner owner, KeyQueues queues) {
    dialect.insert(handle, "hookferry_delivery_queue", QueueRows.of(entries, owner, queues));
  }

  /** Inserts final deliveries. */
  void finals(Handle handle, List<Delivery> deliveries) {
    dialect.insert(handle, "hookferry_delivery", BatchRows.finals(deliveries));
  }

  /** Inserts the attempts of these results. */
  void attempts(Handle handle, List<AttemptResult> results) {
    dialect.insert(handle, "hookferry_attempt", BatchRows.attempts(results));
  }
}
