package dev.hookferry.file;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventType;
import dev.hookferry.port.AttemptQuery;
import dev.hookferry.port.DeliveryQuery;
import dev.hookferry.port.EventQuery;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What queries ask for: of rows, which may match by chance, and of what stands in the records. */
final class Filters {
  private Filters() {}

  static RowFilter rows(AttemptQuery query) {
    RowFilter filter = rows(Listing.ATTEMPTS, query.site(), query.type()).within(query.started());
    if (query.endpoint() != null) {
      filter.endpoints(Set.of(Keys.endpoint(query.endpoint())));
    }
    if (query.outcome() != null) {
      filter.upperCode(Row.code(query.outcome(), 0) >>> 16);
    }
    Integer status = query.statusCode();
    if (status != null) {
      filter.lowerCodes(Set.of(status & 0xffff));
    }
    return filter;
  }

  private static RowFilter rows(Listing listing, SiteId site, @Nullable EventType type) {
    RowFilter filter = new RowFilter(listing).site(Keys.site(site));
    return type == null ? filter : filter.type(Keys.type(type));
  }

  static boolean fits(AttemptQuery query, Attempt attempt) {
    return attempt.site().equals(query.site())
        && isAny(query.delivery(), attempt.delivery())
        && isAny(query.endpoint(), attempt.endpoint())
        && isAny(query.type(), attempt.type())
        && isAny(query.outcome(), attempt.outcome().kind())
        && isAny(query.statusCode(), attempt.outcome().statusCode())
        && query.started().contains(attempt.startedAt());
  }

  /** Deliveries that have been in one of these states. */
  static RowFilter rows(DeliveryQuery query, Set<DeliveryState> states) {
    RowFilter filter =
        rows(Listing.STATES, query.site(), query.type())
            .within(query.created())
            .lowerCodes(states.stream().map(Row::code).collect(Collectors.toSet()));
    Set<Integer> some =
        query.endpoints().ids().stream().map(Keys::endpoint).collect(Collectors.toSet());
    return query.endpoints().only() ? filter.endpoints(some) : filter;
  }

  static boolean fits(DeliveryQuery query, Delivery delivery) {
    return query.states().contains(delivery.state())
        && isAny(query.event(), delivery.event())
        && delivery.site().equals(query.site())
        && isAny(query.type(), delivery.type())
        && query.endpoints().contains(delivery.endpoint())
        && query.created().contains(delivery.createdAt());
  }

  static RowFilter rows(EventQuery query) {
    return rows(Listing.EVENTS, query.site(), query.type()).within(query.accepted());
  }

  static boolean fits(EventQuery query, Event event) {
    return event.site().equals(query.site())
        && isAny(query.type(), event.type())
        && query.accepted().contains(event.acceptedAt());
  }

  private static boolean isAny(@Nullable Object wanted, Object found) {
    return wanted == null || wanted.equals(found);
  }
}
