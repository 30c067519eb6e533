package dev.hookferry.http.console.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Time spans that charts can show. */
public enum ChartSpan {
  HOUR("1h", "hour", Duration.ofMinutes(1), 60),
  DAY("24h", "24 hours", Duration.ofMinutes(15), 96),
  WEEK("7d", "7 days", Duration.ofHours(1), 168),
  MONTH("30d", "30 days", Duration.ofDays(1), 30);

  public static final List<ChartSpan> ALL = List.of(values());

  private final String code;
  private final String length;
  private final Duration step;
  private final int steps;

  ChartSpan(String code, String length, Duration step, int steps) {
    this.code = code;
    this.length = length;
    this.step = step;
    this.steps = steps;
  }

  public static Optional<ChartSpan> fromCode(String word) {
    return Stream.of(values()).filter(span -> span.code.equals(word)).findFirst();
  }

  public String code() {
    return code;
  }

  public String title() {
    return code.replaceAll("([0-9]+)", "$1 ");
  }

  /** Returns the span as words that follow "the last". */
  public String length() {
    return length;
  }

  public Duration step() {
    return step;
  }

  /** Returns the number of steps in a chart. */
  public int steps() {
    return steps;
  }

  /** Returns empty slots for the attempts of a site. */
  SlotRing<ActivityCounts> siteSlots() {
    return new SlotRing<>(step, steps, ActivityCounts::new, ActivityCounts::addAll);
  }

  /** Returns the interval between the time labels on the axis of a chart. */
  Duration tickEvery() {
    return switch (this) {
      case HOUR -> Duration.ofMinutes(15);
      case DAY -> Duration.ofHours(6);
      case WEEK -> Duration.ofDays(2);
      case MONTH -> Duration.ofDays(7);
    };
  }

  /** Returns the axis label of a moment. */
  String tick(Instant at) {
    return formatted(at, this == MONTH ? "d MMM" : this == WEEK ? "EEE HH:mm" : "HH:mm");
  }

  /** Returns the start time of a slot, for display. */
  String time(Instant at) {
    return switch (this) {
      case HOUR, DAY -> formatted(at, "HH:mm 'UTC'");
      case WEEK -> formatted(at, "EEE d MMM, HH:mm 'UTC'");
      case MONTH -> formatted(at, "EEE d MMM");
    };
  }

  private static String formatted(Instant at, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC).format(at);
  }

  /**
   * Returns how many of an endpoint's slots are combined into one of the seven bars of its
   * sparkline.
   */
  int fold() {
    return switch (this) {
      case HOUR -> 2;
      case DAY, WEEK -> 4;
      case MONTH -> 5;
    };
  }

  /** Returns empty slots for the deliveries to one endpoint, fewer than for a site. */
  SlotRing<EndpointCounts> endpointSlots() {
    return switch (this) {
      case HOUR -> slots(Duration.ofMinutes(5), 12);
      case DAY -> slots(Duration.ofHours(1), 24);
      case WEEK -> slots(Duration.ofHours(6), 28);
      case MONTH -> slots(Duration.ofDays(1), 30);
    };
  }

  private static SlotRing<EndpointCounts> slots(Duration length, int count) {
    return new SlotRing<>(length, count, EndpointCounts::new, EndpointCounts::addAll);
  }
}
