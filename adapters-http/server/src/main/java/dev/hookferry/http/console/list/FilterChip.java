package dev.hookferry.http.console.list;

import dev.hookferry.http.console.text.FormValues;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter that is set.
 *
 * @param text the filter as text
 * @param remove the query of the list without it
 */
public record FilterChip(String text, String remove) {
  private static final List<String> PERIOD =
      List.of(ListFilter.RANGE, ListFilter.SINCE, ListFilter.UNTIL);
  private static final FilterChip ANY_TIME = new FilterChip("created at any time", "");

  /**
   * Returns the filters that are set, except for statuses, in the order of the bar, and the period
   * even if it is not limited.
   */
  public static List<FilterChip> withPeriod(ListFilter filter) {
    List<String> others = new ArrayList<>(ListFilter.NAMES);
    others.remove(ListFilter.STATUS);
    others.removeAll(PERIOD);
    List<FilterChip> chips = new ArrayList<>(of(filter, others));
    List<FilterChip> period = of(filter, PERIOD);
    period.forEach(one -> chips.add(new FilterChip("created " + one.text, one.remove)));
    if (period.isEmpty()) {
      chips.add(ANY_TIME);
    }
    return chips;
  }

  /** Returns whether this is the default, which cannot be removed. */
  public boolean isFixed() {
    return equals(ANY_TIME);
  }

  /** Returns the filters that are set, in the order of the bar. */
  public static List<FilterChip> of(ListFilter filter) {
    return of(filter, ListFilter.NAMES);
  }

  private static List<FilterChip> of(ListFilter filter, List<String> names) {
    List<FilterChip> chips = new ArrayList<>();
    boolean isBounded = isBounded(filter);
    for (String name : names) {
      if (isBounded && isTime(name)) {
        if (name.equals(ListFilter.SINCE)) {
          chips.add(period(filter));
        }
        continue;
      }
      if (filter.range().equals(TimeRange.CUSTOM) ? name.equals(ListFilter.RANGE) : isTime(name)) {
        continue;
      }
      for (String value : filter.values(name)) {
        String remove = filter.without(name, value).query();
        chips.add(new FilterChip(words(name, value, filter), remove));
      }
    }
    return chips;
  }

  /** Returns whether a custom period has both bounds, which then form one filter. */
  private static boolean isBounded(ListFilter filter) {
    return filter.range().equals(TimeRange.CUSTOM)
        && filter.values(ListFilter.SINCE).size() == 1
        && filter.values(ListFilter.UNTIL).size() == 1;
  }

  private static FilterChip period(ListFilter filter) {
    String since = filter.values(ListFilter.SINCE).get(0);
    String until = filter.values(ListFilter.UNTIL).get(0);
    FormValues rest = filter.without(ListFilter.SINCE, since).without(ListFilter.UNTIL, until);
    return new FilterChip(utc(since) + " – " + utc(until), rest.query());
  }

  private static String utc(String time) {
    return time.replace('T', ' ') + " UTC";
  }

  /** Returns whether the filter is a period bound, which applies only to custom periods. */
  private static boolean isTime(String name) {
    return name.equals(ListFilter.SINCE) || name.equals(ListFilter.UNTIL);
  }

  private static String words(String name, String value, ListFilter filter) {
    return switch (name) {
      case ListFilter.ENDPOINT -> filter.endpointWords(value);
      case ListFilter.CODE -> "HTTP " + value;
      case ListFilter.EVENT -> "event " + value;
      case ListFilter.LABEL -> "label " + value;
      case ListFilter.TESTS -> value.equals("no") ? "test deliveries excluded" : "tests " + value;
      case ListFilter.DATA -> value.strip();
      case ListFilter.STATUS -> ListFilter.statusWords(value);
      case ListFilter.RANGE ->
          TimeRange.fromCode(value).map(TimeRange::words).orElse("time " + value);
      case ListFilter.SINCE -> "since " + utc(value);
      case ListFilter.UNTIL -> "until " + utc(value);
      default -> value;
    };
  }
}
