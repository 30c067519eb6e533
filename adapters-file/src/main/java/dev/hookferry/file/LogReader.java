package dev.hookferry.file;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.file.JournalRecord.ChangeRecord;
import dev.hookferry.port.AttemptLog;
import dev.hookferry.port.AttemptQuery;
import dev.hookferry.port.DeliveryQuery;
import dev.hookferry.port.EventQuery;
import dev.hookferry.port.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Looks at the journal. Rows of the segments' indexes say which records may be meant; records are
 * read only if they may.
 */
final class LogReader implements AttemptLog {
  private final StoreParts parts;
  private final Retention retention;

  LogReader(StoreParts parts, Retention retention) {
    this.parts = parts;
    this.retention = retention;
  }

  @Override
  public Page<Attempt> attempts(AttemptQuery query) {
    Cursor before = Cursor.read(Listing.ATTEMPTS, query.page().cursor());
    return parts.reading(
        () -> {
          Found<Attempt> found = new Found<>(Listing.ATTEMPTS, query.page());
          if (query.delivery() != null) {
            attemptsOf(query.delivery(), query, before, found);
            return found.page();
          }
          MergedRows rows = new MergedRows(parts.segments().all(), Filters.rows(query), before);
          for (MergedRows.Hit row = rows.next(); row != null && !found.isFull(); ) {
            Attempt attempt = row.segment().change(row.position()).attempt();
            if (attempt != null
                && Filters.fits(query, attempt)
                && parts.segments().hasEvent(row.get(Row.EVENT))) {
              found.add(attempt, row.cursor());
            }
            row = rows.next();
          }
          return found.page();
        });
  }

  private void attemptsOf(
      DeliveryId delivery, AttemptQuery query, Cursor before, Found<Attempt> found)
      throws IOException {
    List<Attempt> attempts = new ArrayList<>();
    for (ChangeRecord change : parts.lookup().changes(delivery)) {
      Attempt attempt = change.attempt();
      if (attempt != null
          && Filters.fits(query, attempt)
          && Found.isBefore(attempt.id().value(), before)) {
        attempts.add(attempt);
      }
    }
    attempts.sort(Comparator.comparing((Attempt a) -> a.id().toString()).reversed());
    attempts.forEach(attempt -> found.add(attempt, Found.cursor(attempt.id().value())));
  }

  @Override
  public Page<Delivery> deliveries(DeliveryQuery query) {
    Cursor before = Cursor.read(Listing.STATES, query.page().cursor());
    return parts.reading(() -> new DeliverySearch(parts, query, before).page());
  }

  @Override
  public Page<Event> events(EventQuery query) {
    Cursor before = Cursor.read(Listing.EVENTS, query.page().cursor());
    return parts.reading(
        () -> {
          Found<Event> found = new Found<>(Listing.EVENTS, query.page());
          MergedRows rows = new MergedRows(parts.segments().all(), Filters.rows(query), before);
          for (MergedRows.Hit row = rows.next(); row != null && !found.isFull(); ) {
            Event event = row.segment().event(row.position()).event();
            if (Filters.fits(query, event)) {
              found.add(event, row.cursor());
            }
            row = rows.next();
          }
          return found.page();
        });
  }

  @Override
  public Optional<Event> event(SiteId site, EventId id) {
    return parts.reading(() -> whole(parts.lookup().event(site, id)));
  }

  @Override
  public Optional<Event> eventByKey(SiteId site, String idempotencyKey) {
    return parts.reading(() -> whole(parts.lookup().event(site, idempotencyKey)));
  }

  private Optional<Event> whole(Optional<Lookup.Found> found) throws IOException {
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(parts.lookup().event(found.get().place()));
  }

  @Override
  public Optional<Delivery> delivery(SiteId site, DeliveryId id) {
    return parts.reading(
        () -> DeliverySearch.current(parts, id).filter(delivery -> delivery.site().equals(site)));
  }

  @Override
  public long forget(Instant acceptedBefore) {
    parts.health().check();
    return retention.forget(acceptedBefore);
  }
}
