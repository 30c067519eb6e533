package dev.hookferry.http.console.frame;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.SearchFields;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.text.KeyValueLines;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayWindow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parser of list filters in queries. */
public final class ListFilters {
  private ListFilters() {}

  /** Returns the requested page of a list. */
  public static PageRequest page(FormValues query) {
    String cursor = query.text("cursor");
    return PageRequest.of(PageRequest.FIRST.limit()).after(cursor.isEmpty() ? null : cursor);
  }

  /** Returns the time window of {@code since} and {@code until}. */
  public static TimeWindow window(FormValues query, Problems problems) {
    return window(query, ZoneOffset.UTC, problems);
  }

  /** Returns the time window of {@code since} and {@code until} in a time zone. */
  public static TimeWindow window(FormValues query, ZoneId zone, Problems problems) {
    Instant since = read(query, "since", text -> time(text, zone), problems);
    Instant until = read(query, "until", text -> time(text, zone), problems);
    TimeWindow window = problems.collect("", () -> TimeWindow.ALL.since(since).until(until));
    return window == null ? TimeWindow.ALL : window;
  }

  /**
   * Returns whether a list of deliveries leaves out tests: on request, and in a list of given-up
   * deliveries, because tests are not retried. A list of a type shows them.
   */
  public static boolean excludesTests(FormValues query, Set<DeliveryState> states) {
    boolean isGivenUp = !states.isEmpty() && ReplayWindow.FAILED.containsAll(states);
    String asked = query.text("tests");
    return asked.isEmpty() ? isGivenUp && query.text("type").isEmpty() : asked.equals("no");
  }

  /** Returns a field's value, or null if it is empty or invalid. */
  public static <T> @Nullable T read(
      FormValues query, String name, Function<String, T> parse, Problems problems) {
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

  /**
   * Returns the labels that events must have. The field has pairs {@code name=value}, separated by
   * spaces.
   */
  public static Map<String, String> labels(FormValues query, Problems problems) {
    Map<String, String> labels =
        problems.collect(
            "", () -> KeyValueLines.parse("label", query.text("label").replaceAll("\\s+", "\n")));
    return labels == null ? Map.of() : labels;
  }

  /**
   * Returns the values that fields of the data must have, from the {@code data} parameters of a
   * query.
   */
  public static Map<String, String> fields(FormValues query, Problems problems) {
    List<String> typed = query.texts("data").stream().map(String::strip).distinct().toList();
    return fields(typed.stream().filter(text -> !text.isEmpty()).toList(), problems);
  }

  /**
   * Returns the values that fields of the data must have, from pairs {@code name:value}. A value
   * may contain spaces.
   */
  public static Map<String, String> fields(List<String> pairs, Problems problems) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : pairs) {
      int colon = pair.indexOf(':');
      problems.require(colon > 0, "data", "must be a field and its value, such as order:4711");
      if (colon > 0
          && fields.put(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip())
              != null) {
        problems.add("data", "must not repeat a name");
      }
    }
    Map<String, String> requested = problems.collect("data", () -> SearchFields.forQuery(fields));
    return requested == null ? Map.of() : requested;
  }

  /**
   * Parses a time in a form field, in the format of browsers.
   *
   * @throws InvalidException for the field, if it is not a time
   */
  public static Instant time(String field, String text) {
    try {
      return time(text, ZoneOffset.UTC);
    } catch (InvalidException e) {
      throw InvalidException.of(field, e.problems().get(0).reason());
    }
  }

  /**
   * Parses a time in the format of browsers, with or without an offset. Without one, the zone
   * applies.
   *
   * @throws InvalidException if it is not a time
   */
  public static Instant time(String text, ZoneId zone) {
    try {
      return text.length() <= "2026-04-29T16:39:49.123".length()
          ? LocalDateTime.parse(text).atZone(zone).toInstant()
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
