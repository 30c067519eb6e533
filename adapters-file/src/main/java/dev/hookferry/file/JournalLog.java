package dev.hookferry.file;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.maintenance.JournalRetention;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.search.DeliverySearch;
import dev.hookferry.file.search.MergedEntries;
import dev.hookferry.file.search.OpenStore;
import dev.hookferry.file.search.PageBuilder;
import dev.hookferry.file.search.PageCursor;
import dev.hookferry.file.search.QueryFilters;
import dev.hookferry.file.search.RecordLookup;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AttemptLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attempt log, read from the journal. Index rows select candidate records; only those are read.
 * Thread-safe.
 */
final class JournalLog implements AttemptLog {
  private final OpenStore open;
  private final JournalRetention retention;

  JournalLog(OpenStore open, JournalRetention retention) {
    this.open = open;
    this.retention = retention;
  }

  @Override
  public Page<Attempt> attempts(AttemptQuery query) {
    PageCursor before = PageCursor.read(IndexedList.ATTEMPTS, query.page().cursor());
    return open.reading(
        () -> {
          PageBuilder<Attempt> found = new PageBuilder<>(IndexedList.ATTEMPTS, query.page());
          if (query.delivery() != null) {
            attemptsOf(query.delivery(), query, before, found);
            return found.page();
          }
          MergedEntries rows =
              new MergedEntries(open.segments().all(), QueryFilters.rows(query), before);
          for (MergedEntries.Hit row = rows.next(); row != null && !found.isFull(); ) {
            Attempt attempt = row.segment().change(row.position()).attempt();
            if (attempt != null
                && query.matches(attempt)
                && open.segments().hasEvent(row.get(IndexEntry.EVENT))) {
              found.add(attempt, row.cursor());
            }
            row = rows.next();
          }
          return found.page();
        });
  }

  private void attemptsOf(
      DeliveryId delivery, AttemptQuery query, PageCursor before, PageBuilder<Attempt> found)
      throws IOException {
    List<Attempt> attempts = new ArrayList<>();
    for (ChangeRecord change : open.lookup().changes(delivery)) {
      Attempt attempt = change.attempt();
      if (attempt != null
          && query.matches(attempt)
          && PageBuilder.isBefore(attempt.id().value(), before)) {
        attempts.add(attempt);
      }
    }
    attempts.sort(Comparator.comparing((Attempt a) -> a.id().toString()).reversed());
    attempts.forEach(attempt -> found.add(attempt, PageBuilder.cursor(attempt.id().value())));
  }

  @Override
  public Page<Delivery> deliveries(DeliveryQuery query) {
    PageCursor before = PageCursor.read(IndexedList.STATES, query.page().cursor());
    return open.reading(() -> new DeliverySearch(open, query, before).page());
  }

  @Override
  public Map<String, Integer> waiting(EndpointId endpoint, Set<String> orderingKeys, int max) {
    return open.reading(
        () -> {
          Map<String, Integer> counts = new HashMap<>();
          PendingIndex pending = open.pending();
          synchronized (pending) {
            int lane = pending.names().laneOrNone(endpoint);
            orderingKeys.forEach(
                key -> counts.put(key, Math.min(max, pending.chains().waiting(lane, key))));
          }
          return counts;
        });
  }

  @Override
  public Page<Event> events(EventQuery query) {
    PageCursor before = PageCursor.read(IndexedList.EVENTS, query.page().cursor());
    return open.reading(
        () -> {
          PageBuilder<Event> found = new PageBuilder<>(IndexedList.EVENTS, query.page());
          MergedEntries rows =
              new MergedEntries(open.segments().all(), QueryFilters.rows(query), before);
          for (MergedEntries.Hit row = rows.next(); row != null && !found.isFull(); ) {
            Event event = row.segment().event(row.position()).event();
            if (query.matches(event)) {
              found.add(event, row.cursor(), event.size());
            }
            row = rows.next();
          }
          return found.page();
        });
  }

  @Override
  public Optional<Event> event(SiteId site, EventId id) {
    return open.reading(() -> toEvent(open.lookup().event(site, id)));
  }

  @Override
  public Optional<Event> eventByKey(SiteId site, String idempotencyKey) {
    return open.reading(() -> toEvent(open.lookup().event(site, idempotencyKey)));
  }

  private Optional<Event> toEvent(Optional<RecordLookup.LocatedEvent> found) throws IOException {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(open.lookup().event(found.get().place()));
  }

  @Override
  public Optional<Delivery> delivery(SiteId site, DeliveryId id) {
    return open.reading(
        () -> DeliverySearch.current(open, id).filter(delivery -> delivery.site().equals(site)));
  }

  @Override
  public long purge(Instant acceptedBefore) {
    open.health().check();
    return retention.purge(acceptedBefore);
  }
}
