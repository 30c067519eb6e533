package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.dialect.SqlFault;
import dev.hookferry.jdbc.dialect.UnreadableRowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The events of deliveries that are being claimed, each read once. Not thread-safe. */
final class ClaimedEvents {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  private final Dialect dialect;
  private final Handle handle;
  private final Map<Key, Event> events = new HashMap<>();
  private final Set<Key> unreadable = new LinkedHashSet<>();

  ClaimedEvents(Dialect dialect, Handle handle) {
    this.dialect = dialect;
    this.handle = handle;
  }

  private record Key(SiteId site, EventId id, Instant acceptedAt) {
    static Key of(Delivery delivery) {
      return new Key(delivery.site(), delivery.event(), delivery.createdAt());
    }
  }

  /** Returns the event of a delivery, or null if it is missing or unreadable. */
  @Nullable Event of(Delivery delivery) {
    return events.get(Key.of(delivery));
  }

  /** Returns whether the event of a delivery exists but cannot be read. */
  boolean isUnreadable(Delivery delivery) {
    return unreadable.contains(Key.of(delivery));
  }

  /**
   * Reads the events of these deliveries.
   *
   * @param withAllChecks whether to read them one by one, so that unreadable ones are identified
   * @throws UnreadableRowException if one cannot be read and {@code withAllChecks} is false
   */
  void read(List<Delivery> deliveries, boolean withAllChecks) {
    Set<Key> keys = new LinkedHashSet<>();
    deliveries.forEach(delivery -> keys.add(Key.of(delivery)));
    if (withAllChecks) {
      keys.forEach(this::readOneByOne);
    } else if (!keys.isEmpty()) {
      try {
        select(keys);
      } catch (RuntimeException e) {
        throw SqlFault.isUnreadable(e) ? new UnreadableRowException(e) : e;
      }
    }
  }

  private void readOneByOne(Key key) {
    handle.savepoint("event");
    try {
      select(List.of(key));
      handle.releaseSavepoint("event");
    } catch (RuntimeException e) {
      if (!SqlFault.isUnreadable(e)) {
        throw e;
      }
      handle.rollbackToSavepoint("event");
      unreadable.add(key);
      LOG.log(
          System.Logger.Level.ERROR,
          "event unreadable: deliveries postponed site="
              + key.site()
              + " event="
              + key.id()
              + " cause="
              + SqlFault.message(e));
    }
  }

  private void select(Collection<Key> keys) {
    String sql =
        """
        SELECT %s FROM <keys> k
        JOIN hookferry_event e
          ON e.site = k.site AND e.id = k.id AND e.accepted_at = k.accepted_at
        """
            .formatted(RowReader.of("e", RowReader.EVENT));
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.text("site"), ColumnRows.text("id"), ColumnRows.time("accepted_at"));
    keys.forEach(key -> rows.add(key.site().value(), key.id().value(), key.acceptedAt()));
    List<Event> found = new ArrayList<>(keys.size());
    dialect
        .with(handle.createQuery(sql), "keys", rows)
        .map(new RowReader(dialect).event())
        .forEach(found::add);
    found.forEach(e -> events.put(new Key(e.site(), e.id(), e.acceptedAt()), e));
  }
}
