package dev.hookferry.http.console.activity;

import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chart as shapes and labels, drawn by a template.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param bars one for each span of time, empty ones included
 * @param top label of the upper grid line
 * @param middle label of the middle grid line
 * @param ticks time labels below, at round times
 * @param summary text alternative
 */
public record Chart(
    int width,
    int height,
    List<Bar> bars,
    String top,
    String middle,
    List<Tick> ticks,
    String summary) {
  /** Distance between bars. */
  public static final int STEP = 10;

  static final int HEIGHT = 120;
  private static final int LOW = 24;

  /** Rightmost position of a label that still fits in the card, in percent of the width. */
  private static final double LAST_TICK = 96;

  /**
   * A label of the axis.
   *
   * @param text the moment in UTC
   * @param at the moment in RFC 3339 format
   * @param x the position of the text's centre, such as {@code 25.0%}
   */
  public record Tick(String text, String at, String x) {
    static Tick at(Instant moment, double percent, ChartSpan span) {
      return new Tick(span.tick(moment), moment.toString(), number(percent) + "%");
    }
  }

  /**
   * One bar: the good part at the bottom, the bad part above.
   *
   * @param x left edge
   * @param goodTop upper edge of the good part
   * @param good height of the good part
   * @param badTop upper edge of the bad part
   * @param bad height of the bad part
   * @param when the span of time
   * @param words the numbers
   * @param mark the changes made in this span, or empty
   */
  public record Bar(
      int x,
      String goodTop,
      String good,
      String badTop,
      String bad,
      String when,
      String words,
      String mark) {
    /** Returns whether there is nothing to draw. */
    public boolean isEmpty() {
      return good.equals("0.0") && bad.equals("0.0");
    }

    /** Returns the text alternative. */
    public String title() {
      return when + ": " + words + (mark.isEmpty() ? "" : "; " + mark);
    }
  }

  /**
   * The values of a bar.
   *
   * @param from the start of its span
   * @param mark the changes made in that span, or empty
   */
  record Column(Instant from, double good, double bad, String words, String mark) {}

  /** Returns the chart of attempts over time. */
  public static Chart attempts(List<TimeSeries.Bucket> buckets, ChartSpan span) {
    String summary =
        "Attempts in the last "
            + span.length()
            + ": "
            + sent(
                buckets.stream().mapToInt(TimeSeries.Bucket::delivered).sum(),
                buckets.stream().mapToInt(TimeSeries.Bucket::failed).sum())
            + ".";
    return counts(
        span,
        buckets.stream()
            .map(b -> new Column(b.from(), b.delivered(), b.failed(), words(b), ""))
            .toList(),
        summary);
  }

  private static String words(TimeSeries.Bucket bucket) {
    return sent(bucket.delivered(), bucket.failed());
  }

  static String sent(int delivered, int failed) {
    return NumberText.of(delivered) + " delivered, " + NumberText.of(failed) + " failed";
  }

  /** Returns a chart whose scale is its highest bar, rounded up. */
  static Chart counts(ChartSpan span, List<Column> columns, String summary) {
    double max = columns.stream().mapToDouble(one -> one.good() + one.bad()).max().orElse(0);
    int top = rounded((int) max);
    String middle = top % 2 == 0 ? NumberText.of(top / 2) : "";
    return of(span, columns, top, List.of(NumberText.of(top), middle), summary);
  }

  /**
   * Returns a chart.
   *
   * @param top value of the upper grid line
   * @param scale labels of the upper and the middle grid line
   */
  static Chart of(
      ChartSpan span, List<Column> columns, double top, List<String> scale, String summary) {
    List<Instant> moments = columns.stream().map(Column::from).toList();
    return new Chart(
        columns.size() * STEP,
        HEIGHT,
        bars(columns, span, HEIGHT, top),
        scale.get(0),
        scale.get(1),
        ticks(moments, span),
        summary);
  }

  /** Returns the sparkline of an endpoint: seven bars. */
  public static Chart spark(EndpointHistory history) {
    List<Column> columns =
        history.seven().stream()
            .map(
                slot ->
                    new Column(
                        slot.from(),
                        slot.delivered(),
                        slot.failed(),
                        sent(slot.delivered(), slot.failed()),
                        ""))
            .toList();
    double max = columns.stream().mapToDouble(one -> one.good() + one.bad()).max().orElse(0);
    String summary =
        "Attempts in the last "
            + history.span().length()
            + ": "
            + sent(
                history.sum(EndpointHistory.Slot::delivered),
                history.sum(EndpointHistory.Slot::failed));
    return new Chart(
        columns.size() * STEP,
        LOW,
        bars(columns, history.span(), LOW, Math.max(1, max)),
        "",
        "",
        List.of(),
        summary);
  }

  /** Returns the frame of the response time chart, which has two lines instead of bars. */
  public static Chart latency(List<TimeSeries.Bucket> buckets, ChartSpan span, Duration top) {
    List<Column> columns =
        buckets.stream().map(b -> new Column(b.from(), 0, 0, times(b), "")).toList();
    List<String> scale = List.of(DisplayTime.length(top), DisplayTime.length(top.dividedBy(2)));
    String summary = "Response time of receivers in the last " + span.length() + ".";
    return of(span, columns, 1, scale, summary);
  }

  private static String times(TimeSeries.Bucket bucket) {
    Duration median = bucket.median();
    Duration slow = bucket.slow();
    return median == null || slow == null || bucket.total() == 0
        ? "no attempts"
        : "p50 " + DisplayTime.length(median) + ", p95 " + DisplayTime.length(slow);
  }

  /**
   * Returns the SVG path of a line through the spans that have a value.
   *
   * @param top value of the upper edge
   */
  public static String line(
      List<TimeSeries.Bucket> buckets,
      Function<TimeSeries.Bucket, @Nullable Duration> value,
      Duration top) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < buckets.size(); i++) {
      Duration there = buckets.get(i).total() == 0 ? null : value.apply(buckets.get(i));
      if (there == null) {
        drawing = false;
        continue;
      }
      double y = HEIGHT - HEIGHT * Math.min(1, there.toNanos() / (double) top.toNanos());
      path.append(drawing ? 'L' : 'M').append(i * STEP + STEP / 2).append(' ').append(number(y));
      if (!drawing) {
        // Draw a single point as a short line.
        path.append('h').append(STEP / 2);
      }
      drawing = true;
    }
    return path.toString();
  }

  private static List<Bar> bars(List<Column> columns, ChartSpan span, int height, double top) {
    List<Bar> bars = new ArrayList<>();
    double unit = height / top;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      // Keep one failure among thousands visible.
      double bad = column.bad() == 0 ? 0 : Math.max(1.5, column.bad() * unit);
      double good = Math.min(column.good() * unit, height - bad);
      bars.add(
          new Bar(
              i * STEP,
              number(height - good),
              number(good),
              number(height - good - bad),
              number(bad),
              span.time(column.from()),
              column.words(),
              column.mark()));
    }
    return bars;
  }

  /** Returns axis labels for the moments that are round times. */
  private static List<Tick> ticks(List<Instant> moments, ChartSpan span) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      Instant moment = moments.get(i);
      double percent = 100.0 * i / moments.size();
      if (percent < LAST_TICK && moment.getEpochSecond() % span.tickEvery().toSeconds() == 0) {
        ticks.add(Tick.at(moment, percent, span));
      }
    }
    return ticks;
  }

  /**
   * Rounds up to an easily readable number, which a maximum above 1 uses to at least two thirds.
   */
  static int rounded(int max) {
    if (max <= 10) {
      return Math.max(2, max + max % 2);
    }
    int power = 1;
    while (power * 100L < max) {
      power *= 10;
    }
    for (int step : new int[] {12, 16, 20, 30, 40, 50, 60, 80}) {
      if ((long) step * power >= max) {
        return step * power;
      }
    }
    return 100 * power;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
