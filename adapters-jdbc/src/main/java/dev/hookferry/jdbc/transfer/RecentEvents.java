package dev.hookferry.jdbc.transfer;

import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The events accepted since a time, site by site, in order of acceptance. */
final class RecentEvents implements StoredEventPages {
  /** A sequence number that is less than any other. */
  private static final long FIRST = -1;

  private final Handle handle;
  private final EventQueries queries;
  private final Instant since;

  /** Creates the pages of events accepted since a time, inclusive. */
  RecentEvents(Handle handle, EventQueries queries, Instant since) {
    this.handle = handle;
    this.queries = queries;
    this.since = since;
  }

  @Override
  public List<EventRow> page(@Nullable EventKey from, int limit) {
    if (from != null) {
      List<EventRow> rest = queries.events(from.site(), from.acceptedAt(), after(from), limit);
      if (!rest.isEmpty()) {
        return rest;
      }
    }
    Optional<String> site = siteAfter(from == null ? "" : from.site());
    while (site.isPresent()) {
      List<EventRow> first = queries.events(site.get(), since, FIRST, limit);
      if (!first.isEmpty()) {
        return first;
      }
      site = siteAfter(site.get());
    }
    return List.of();
  }

  private static long after(EventKey from) {
    return from.delivery() == null ? from.seq() : from.seq() - 1;
  }

  private Optional<String> siteAfter(String site) {
    return handle
        .createQuery("SELECT min(site) FROM hookferry_event WHERE site > :site")
        .bind("site", site)
        .mapTo(String.class)
        .findOne();
  }

  /** Returns a mapper for rows with {@link RowReader#EVENT}, {@code seq} and {@code deliveries}. */
  static RowMapper<EventRow> row(RowReader reading) {
    return (row, context) -> {
      StoredEvent stored =
          new StoredEvent(reading.event().map(row, context), row.getInt("deliveries"));
      EventKey key =
          new EventKey(
              stored.event().site().value(),
              stored.event().acceptedAt(),
              row.getLong("seq"),
              stored.event().id().value(),
              null);
      return new EventRow(stored, key);
    };
  }
}
