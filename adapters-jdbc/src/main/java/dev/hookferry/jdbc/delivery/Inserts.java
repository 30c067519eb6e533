package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Adds rows to the tables of events, deliveries and attempts. */
final class Inserts {
  private final Dialect dialect;

  Inserts(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The names first: if one is taken, the payloads need not travel. */
  void events(Handle handle, List<Entry> entries) {
    dialect.insert(handle, "hookferry_event_id", BatchRows.names(entries));
    dialect.insert(handle, "hookferry_event", BatchRows.events(entries));
  }

  void queue(Handle handle, List<Entry> entries, @Nullable Owner owner) {
    dialect.insert(handle, "hookferry_delivery_queue", BatchRows.queue(entries, owner));
  }

  /** Deliveries that have become final. */
  void finals(Handle handle, List<Delivery> deliveries) {
    dialect.insert(handle, "hookferry_delivery", BatchRows.finals(deliveries));
  }

  /** The attempts of these results. */
  void attempts(Handle handle, List<AttemptResult> results) {
    dialect.insert(handle, "hookferry_attempt", BatchRows.attempts(results));
  }
}
