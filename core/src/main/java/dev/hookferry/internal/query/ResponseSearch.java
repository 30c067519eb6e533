package dev.hookferry.internal.query;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.argument.StorableTimes;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.AttemptLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Search for deliveries by criteria that have no index: the HTTP status of the last response, a
 * status class, or an event type pattern. For a single status, it reads the attempts that have it
 * and keeps those that are the last of their delivery, so that each delivery is found once.
 * Otherwise, it scans the deliveries that match the rest of the query. Pages may be shorter than
 * requested even if more follow. Thread-safe; blocks.
 */
final class ResponseSearch {
  /** Maximum number of store pages read for one page of results. */
  private static final int MAX_READS = 10;

  private static final int CLASS = 100;

  /** Maximum clock difference between two nodes. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final AttemptLog log;
  private final UnaryOperator<Delivery> shown;

  /**
   * Creates a search.
   *
   * @param shown replaces the pending state of a delivery by held where appropriate
   */
  ResponseSearch(AttemptLog log, UnaryOperator<Delivery> shown) {
    this.log = log;
    this.shown = shown;
  }

  /**
   * Returns a page of deliveries, those attempted last first. If the query has no status code, or
   * has an event or search fields, the newest deliveries come first.
   *
   * @param stored the query for the store, which does not know held deliveries
   */
  Page<Delivery> page(DeliveryQuery query, DeliveryQuery stored) {
    boolean isOfAttempts =
        query.statusCode() != null && query.event() == null && query.fields().isEmpty();
    return isOfAttempts ? ofAll(query) : scanned(query, stored);
  }

  private Page<Delivery> scanned(DeliveryQuery query, DeliveryQuery stored) {
    DeliveryQuery indexed = stored.typePattern(null).statusClass(null).statusCode(null);
    return filled(
        query.page(),
        part -> {
          Page<Delivery> page = log.deliveries(indexed.page(part));
          return new Page<>(among(page.data(), query), page.next());
        });
  }

  private Page<Delivery> ofAll(DeliveryQuery query) {
    AttemptQuery attempts = attempts(query);
    // A page of attempts never yields more deliveries than requested.
    return filled(
        query.page(),
        part -> {
          Page<Attempt> page = log.attempts(attempts.page(part));
          return new Page<>(matching(page.data(), query), page.next());
        });
  }

  /** Reads parts, each at most as long as the space left, until the page is full. */
  private static Page<Delivery> filled(
      PageRequest wanted, Function<PageRequest, Page<Delivery>> reader) {
    List<Delivery> found = new ArrayList<>();
    String cursor = wanted.cursor();
    int reads = 0;
    do {
      Page<Delivery> part =
          reader.apply(PageRequest.of(wanted.limit() - found.size()).after(cursor));
      found.addAll(part.data());
      cursor = part.next();
      reads++;
    } while (cursor != null && found.size() < wanted.limit() && reads < MAX_READS);
    return new Page<>(found, cursor);
  }

  private List<Delivery> among(List<Delivery> all, DeliveryQuery query) {
    List<Delivery> matching = all.stream().map(shown).filter(query::matches).toList();
    if (query.statusCode() == null && query.statusClass() == null) {
      return matching;
    }
    Map<DeliveryId, Attempt> last =
        last(query.site(), matching.stream().map(Delivery::id).collect(Collectors.toSet()));
    return matching.stream().filter(one -> isMatch(last.get(one.id()), query)).toList();
  }

  private static boolean isMatch(@Nullable Attempt last, DeliveryQuery query) {
    if (last == null) {
      return false;
    }
    int status = last.outcome().statusCode();
    Integer statusClass = query.statusClass();
    return (query.statusCode() == null || query.statusCode() == status)
        && (statusClass == null || statusClass == status / CLASS);
  }

  private List<Delivery> matching(List<Attempt> attempts, DeliveryQuery query) {
    Map<DeliveryId, Attempt> last =
        last(query.site(), attempts.stream().map(Attempt::delivery).collect(Collectors.toSet()));
    return attempts.stream()
        .filter(attempt -> attempt.equals(last.get(attempt.delivery())))
        .filter(attempt -> isMatch(attempt, query))
        .flatMap(attempt -> log.delivery(query.site(), attempt.delivery()).stream())
        .map(shown)
        .filter(query::matches)
        .toList();
  }

  private Map<DeliveryId, Attempt> last(SiteId site, Set<DeliveryId> deliveries) {
    return deliveries.isEmpty() ? Map.of() : log.lastAttempts(site, deliveries);
  }

  private static AttemptQuery attempts(DeliveryQuery query) {
    Instant since = query.created().since();
    // Nothing is sent before it is accepted, but it may be retried much later.
    return AttemptQuery.ofSite(query.site())
        .endpoints(query.endpoints())
        .types(query.types())
        .statusCode(query.statusCode())
        .started(
            since == null || since.minus(SLACK).isBefore(StorableTimes.FIRST)
                ? TimeWindow.ALL
                : TimeWindow.ALL.since(since.minus(SLACK)));
  }
}
