package dev.hookferry.file.search;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.index.EntryFilter;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexKeys;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.TypeScope;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Translates queries into filters on index rows, which may have false positives, and exact checks
 * on records.
 */
public final class QueryFilters {
  private QueryFilters() {}

  public static EntryFilter rows(AttemptQuery query) {
    EntryFilter filter =
        rows(IndexedList.ATTEMPTS, query.site(), query.types()).within(query.started());
    if (query.endpoints().only()) {
      filter.endpoints(keys(query.endpoints()));
    }
    if (!query.outcomes().isEmpty()) {
      filter.upperCodes(
          query.outcomes().stream()
              .map(outcome -> IndexEntry.code(outcome, 0) >>> 16)
              .collect(Collectors.toSet()));
    }
    Integer status = query.statusCode();
    if (status != null) {
      filter.lowerCodes(Set.of(status & 0xffff));
    }
    return filter;
  }

  /** Rows hold hashes of types, which cannot match prefixes. */
  private static EntryFilter rows(IndexedList listing, SiteId site, TypeScope types) {
    EntryFilter filter = new EntryFilter(listing).site(IndexKeys.site(site));
    return types.isAll() || !types.patterns().isEmpty()
        ? filter
        : filter.types(types.names().stream().map(IndexKeys::type).collect(Collectors.toSet()));
  }

  /** Returns a filter for deliveries that have ever been in one of these states. */
  static EntryFilter rows(DeliveryQuery query, Set<DeliveryState> states) {
    EntryFilter filter =
        rows(IndexedList.STATES, query.site(), query.types())
            .within(query.created())
            .lowerCodes(states.stream().map(IndexEntry::code).collect(Collectors.toSet()));
    return query.endpoints().only() ? filter.endpoints(keys(query.endpoints())) : filter;
  }

  private static Set<Integer> keys(EndpointScope scope) {
    return scope.ids().stream().map(IndexKeys::endpoint).collect(Collectors.toSet());
  }

  public static EntryFilter rows(EventQuery query) {
    EntryFilter filter =
        rows(IndexedList.EVENTS, query.site(), query.types()).within(query.accepted());
    query.fields().forEach((name, value) -> filter.key(IndexKeys.field(query.site(), name, value)));
    return query.labels().isEmpty() ? filter : filter.bits(IndexKeys.labels(query.labels()));
  }
}
