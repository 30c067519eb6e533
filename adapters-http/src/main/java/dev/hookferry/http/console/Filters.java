package dev.hookferry.http.console;

import dev.hookferry.DeliveryFilter;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.event.EventId;
import dev.hookferry.event.EventType;
import dev.hookferry.port.PageRequest;
import dev.hookferry.port.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the filters of lists. */
final class Filters {
  private Filters() {}

  /**
   * Which deliveries.
   *
   * @throws InvalidException with all that is wrong, by the names of the fields
   */
  static DeliveryFilter deliveries(Values query) {
    Problems problems = new Problems();
    DeliveryState state = state(query, problems);
    EndpointId endpoint = read(query, "endpoint", EndpointId::parse, problems);
    EventType type = read(query, "type", EventType::new, problems);
    EventId event = read(query, "event", EventId::new, problems);
    TimeWindow created = window(query, problems);
    problems.throwIfAny();
    return new DeliveryFilter(state, endpoint, type, event, created, page(query));
  }

  /** The part of a list. */
  static PageRequest page(Values query) {
    String cursor = query.text("cursor");
    return new PageRequest(PageRequest.FIRST.limit(), cursor.isEmpty() ? null : cursor);
  }

  /** The fields {@code since} and {@code until}. */
  static TimeWindow window(Values query, Problems problems) {
    Instant since = read(query, "since", Filters::time, problems);
    Instant until = read(query, "until", Filters::time, problems);
    TimeWindow window = problems.collect("", () -> new TimeWindow(since, until));
    return window == null ? TimeWindow.ALL : window;
  }

  /** A field, or null if it is empty or wrong. */
  static <T> @Nullable T read(
      Values query, String name, Function<String, T> parse, Problems problems) {
    String text = query.text(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      problems.add(name, e.problems().get(0).reason());
      return null;
    }
  }

  private static @Nullable DeliveryState state(Values query, Problems problems) {
    return read(
        query,
        "status",
        word ->
            DeliveryState.ofWord(word)
                .orElseThrow(() -> InvalidException.of("status", "is no status of a delivery")),
        problems);
  }

  /** As browsers write it without an offset, which is UTC then, or with one. */
  private static Instant time(String text) {
    try {
      return text.length() <= "2026-04-29T16:39:49.123".length()
          ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return otherTime(text);
    }
  }

  private static Instant otherTime(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw InvalidException.of("time", "must be a time such as 2026-04-29T16:39");
    }
  }
}
