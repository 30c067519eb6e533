package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.SearchFields;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Check of whether a search by event data may miss some events. */
public final class SearchGap {
  private static final int MAX = 50;

  private SearchGap() {}

  /**
   * Returns the time before which events may be missing; empty if none are, or if neither the
   * period nor the found deliveries go back that far. Events around that time may or may not be
   * indexed, so a few are examined.
   */
  public static Optional<Instant> before(
      Webhooks webhooks, PortalAccess access, DeliveryQuery query, List<Delivery> found) {
    return access
        .notIndexedBefore(query)
        .filter(time -> isTouched(time, query.created(), found))
        .filter(time -> isAnyMissing(webhooks, access, query, time));
  }

  /** Without a period, only the found deliveries show how far back the visitor looks. */
  private static boolean isTouched(Instant time, TimeWindow period, List<Delivery> found) {
    Instant since = period.since();
    boolean isPeriodTouched = since == null ? period.until() != null : since.isBefore(time);
    return found.isEmpty()
        || isPeriodTouched
        || found.stream().anyMatch(one -> one.createdAt().isBefore(time));
  }

  private static boolean isAnyMissing(
      Webhooks webhooks, PortalAccess access, DeliveryQuery query, Instant time) {
    Set<String> requested = query.fields().keySet();
    SearchFields fields = webhooks.settings().get(query.site()).searchFields();
    Page<Delivery> older =
        access.deliveries(
            query
                .fields(Map.of())
                .created(query.created().until(time.plusMillis(1)))
                .after(null)
                .limit(MAX));
    return older.next() != null
        || older.data().stream()
            .flatMap(one -> webhooks.events().find(one.site(), one.event()).stream())
            .anyMatch(event -> isMissing(event, fields, requested));
  }

  /** An event that has the field, but is not indexed by it, cannot be found. */
  private static boolean isMissing(Event event, SearchFields fields, Set<String> requested) {
    Set<String> indexed = event.options().searchFields().keySet();
    Set<String> present = fields.valuesOf(Envelope.dataOf(event)).keySet();
    return requested.stream().anyMatch(name -> present.contains(name) && !indexed.contains(name));
  }
}
