package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.http.console.frame.ListFilters;
import dev.hookferry.http.console.list.TimeRange;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.Problems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The period of a list of deliveries, as given in its URL: one that ends now, a day, or one with
 * custom bounds. Days and bounds are in a time zone supplied by the page's script, or else in UTC.
 */
final class PortalPeriod {
  static final String RANGE = "range";

  /** The query parameters that define a period. */
  static final List<String> NAMES = List.of(RANGE, "since", "until", "zone");

  private static final ZoneId UTC = ZoneId.of("UTC");

  private static final String TODAY = "today";
  private static final String YESTERDAY = "yesterday";
  private static final String CUSTOM = "custom";

  private final FormValues query;

  PortalPeriod(FormValues query) {
    this.query = query;
  }

  /** Returns a query without period fields that have no effect in it. */
  static FormValues meant(FormValues query) {
    PortalPeriod period = new PortalPeriod(query);
    boolean isCustom = period.code().equals(CUSTOM);
    FormValues meant = isCustom && !period.hasBounds() ? query.without(RANGE) : query;
    meant = isCustom ? meant : meant.without("since").without("until");
    return period.hasDays() ? meant : meant.without("zone");
  }

  /** Returns a query whose period also ends before a time. */
  static FormValues before(FormValues query, Instant end, Instant now) {
    Instant since = new PortalPeriod(query).window(now, new Problems()).since();
    FormValues ended = with(query.without("since"), "until", end.toString());
    ended = with(ended, RANGE, CUSTOM);
    return since == null ? ended : with(ended, "since", since.toString());
  }

  private static FormValues with(FormValues query, String name, String value) {
    return FormValues.parse(query.queryWith(name, value).substring(1));
  }

  /** Returns whether the period depends on a time zone. */
  boolean hasDays() {
    boolean isDay = code().equals(TODAY) || code().equals(YESTERDAY);
    return isDay || (code().equals(CUSTOM) && hasBounds());
  }

  private boolean hasBounds() {
    return !query.text("since").isEmpty() || !query.text("until").isEmpty();
  }

  /** Returns the choice: a code of a range, a day, custom, or any other text typed. */
  String code() {
    String code = query.text(RANGE);
    return code.isEmpty() && hasBounds() ? CUSTOM : code;
  }

  /** Returns the choices with their labels. */
  static List<PortalFilter.Choice> choices(Words words) {
    Stream<PortalFilter.Choice> ranges =
        Stream.of(TimeRange.values())
            .map(one -> new PortalFilter.Choice(one.code(), words.text("range." + one.code())));
    Stream<PortalFilter.Choice> others =
        Stream.of(
            new PortalFilter.Choice(TODAY, words.text("range.today")),
            new PortalFilter.Choice(YESTERDAY, words.text("range.yesterday")),
            new PortalFilter.Choice(CUSTOM, words.text("range.custom")));
    return Stream.concat(ranges, others).toList();
  }

  /** Returns the time zone of days and bounds; UTC if unknown. */
  ZoneId zone() {
    try {
      return query.text("zone").isEmpty() ? UTC : ZoneId.of(query.text("zone"));
    } catch (DateTimeException e) {
      return UTC;
    }
  }

  /** Returns the time window, which is unlimited if there is no period or there are problems. */
  TimeWindow window(Instant now, Problems problems) {
    String code = code();
    LocalDate today = LocalDate.ofInstant(now, zone());
    return switch (code) {
      case "" -> TimeWindow.ALL;
      case TODAY -> TimeWindow.ALL.since(begin(today));
      case YESTERDAY -> TimeWindow.ALL.since(begin(today.minusDays(1))).until(begin(today));
      case CUSTOM -> ListFilters.window(query, zone(), problems);
      default -> {
        Optional<TimeRange> range = range(code);
        problems.require(range.isPresent(), RANGE, "is not a valid period");
        yield range
            .map(one -> TimeWindow.ALL.since(now.minus(one.length())))
            .orElse(TimeWindow.ALL);
      }
    };
  }

  private Instant begin(LocalDate day) {
    return day.atStartOfDay(zone()).toInstant();
  }

  private static Optional<TimeRange> range(String code) {
    return Stream.of(TimeRange.values()).filter(range -> range.code().equals(code)).findFirst();
  }

  /** Returns the period as text, or as typed if it is unknown. */
  String words(Words words) {
    String code = code();
    return switch (code) {
      case TODAY -> day(words.text("range.today"));
      case YESTERDAY -> day(words.text("range.yesterday"));
      case CUSTOM -> bounds(words);
      default -> range(code).map(one -> words.text("range." + one.code())).orElse(code);
    };
  }

  /** A day without a time zone is in UTC. */
  private String day(String name) {
    return query.text("zone").isEmpty() ? name + " (UTC)" : name;
  }

  private String bounds(Words words) {
    String since = bound("since", words);
    String until = bound("until", words);
    if (until.isEmpty()) {
      return words.text("range.since", since);
    }
    return since.isEmpty()
        ? words.text("range.until", until)
        : words.text("range.between", since, until);
  }

  private String bound(String name, Words words) {
    Instant time = time(name);
    return time == null ? query.text(name) : words.minute(time, zone());
  }

  private @Nullable Instant time(String name) {
    return ListFilters.read(query, name, text -> ListFilters.time(text, zone()), new Problems());
  }
}
