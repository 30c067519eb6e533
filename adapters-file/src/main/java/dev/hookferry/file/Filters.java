package dev.hookferry.file;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.event.Event;
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
    RowFilter filter = new RowFilter(Listing.ATTEMPTS).site(Keys.site(query.site()));
    if (query.endpoint() != null) {
      filter.endpoint(Keys.endpoint(query.endpoint()));
    }
    if (query.type() != null) {
      filter.type(Keys.type(query.type()));
    }
    OutcomeKind outcome = query.outcome();
    if (outcome != null) {
      int word = Row.code(outcome, 0) >>> 16;
      filter.check(row -> Row.lower(row[Row.KIND]) >>> 16 == word);
    }
    Integer status = query.statusCode();
    if (status != null) {
      int code = status & 0xffff;
      filter.check(row -> (Row.lower(row[Row.KIND]) & 0xffff) == code);
    }
    return filter;
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

  static RowFilter rows(DeliveryQuery query) {
    RowFilter filter = new RowFilter(Listing.STATES).site(Keys.site(query.site()));
    if (query.type() != null) {
      filter.type(Keys.type(query.type()));
    }
    if (query.endpoints().only()) {
      Set<EndpointId> ids = query.endpoints().ids();
      if (ids.size() == 1) {
        ids.forEach(id -> filter.endpoint(Keys.endpoint(id)));
      } else {
        Set<Integer> some = ids.stream().map(Keys::endpoint).collect(Collectors.toSet());
        filter.check(row -> some.contains(Row.lower(row[Row.PLACE])));
      }
    }
    return filter;
  }

  static boolean fits(DeliveryQuery query, Delivery delivery) {
    return query.states().contains(delivery.state())
        && isAny(query.event(), delivery.event())
        && delivery.site().equals(query.site())
        && isAny(query.type(), delivery.type())
        && query.endpoints().contains(delivery.endpoint())
        && query.created().contains(delivery.createdAt());
  }

  static boolean fits(DeliveryQuery query, Pending pending) {
    return pending.site().equals(query.site())
        && isAny(query.type(), pending.type())
        && query.endpoints().contains(pending.endpoint())
        && query.created().contains(pending.createdAt());
  }

  static RowFilter rows(EventQuery query) {
    RowFilter filter = new RowFilter(Listing.EVENTS).site(Keys.site(query.site()));
    return query.type() == null ? filter : filter.type(Keys.type(query.type()));
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
