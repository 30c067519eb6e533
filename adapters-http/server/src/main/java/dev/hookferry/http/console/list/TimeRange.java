package dev.hookferry.http.console.list;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A period that ends now. */
public enum TimeRange {
  QUARTER("15m", "Last 15 minutes", Duration.ofMinutes(15)),
  HOUR("1h", "Last hour", Duration.ofHours(1)),
  DAY("24h", "Last 24 hours", Duration.ofHours(24)),
  WEEK("7d", "Last 7 days", Duration.ofDays(7)),
  MONTH("30d", "Last 30 days", Duration.ofDays(30));

  /** The code of a period with a custom start or end. */
  static final String CUSTOM = "custom";

  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm").withZone(ZoneOffset.UTC);

  private final String code;
  private final String label;
  private final Duration length;

  TimeRange(String code, String label, Duration length) {
    this.code = code;
    this.label = label;
    this.length = length;
  }

  public static Optional<TimeRange> fromCode(String code) {
    return Stream.of(values()).filter(range -> range.code.equals(code)).findFirst();
  }

  static String codes() {
    return Stream.of(values()).map(TimeRange::code).collect(Collectors.joining(", "))
        + ", "
        + CUSTOM;
  }

  public String code() {
    return code;
  }

  public String label() {
    return label;
  }

  /** Returns the label as the end of a phrase, such as {@code in the last 24 h}. */
  String words() {
    return "in the l" + label.substring(1);
  }

  /**
   * Returns the start of the period if it ends now, in UTC and to the minute, in the format of form
   * fields.
   */
  public String since(Instant now) {
    return FIELD.format(now.minus(length));
  }

  /** Returns the length of the period. */
  public Duration length() {
    return length;
  }
}
