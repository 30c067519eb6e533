package dev.hookferry.http.console.activity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The spans of time that charts can show. */
public enum ChartSpan {
  HOUR("1h", "1 h", "hour", Duration.ofMinutes(1), 60),
  DAY("24h", "24 h", "24 hours", Duration.ofMinutes(15), 96),
  WEEK("7d", "7 d", "7 days", Duration.ofHours(1), 168);

  public static final List<ChartSpan> ALL = List.of(values());

  private final String code;
  private final String title;
  private final String length;
  private final Duration step;
  private final int steps;

  ChartSpan(String word, String title, String length, Duration step, int steps) {
    this.code = word;
    this.title = title;
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
    return title;
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

  TimeSeries series() {
    return new TimeSeries(step, steps);
  }
}
