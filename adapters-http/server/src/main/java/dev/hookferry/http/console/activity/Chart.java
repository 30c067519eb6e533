package dev.hookferry.http.console.activity;

import dev.hookferry.http.console.text.DisplayTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
 * @param bars one bar for each span of time
 * @param top label of the upper line
 * @param middle label of the middle line
 * @param ticks time labels below, evenly spaced
 * @param summary text alternative
 */
public record Chart(
    int width,
    int height,
    List<Bar> bars,
    String top,
    String middle,
    List<String> ticks,
    String summary) {
  private static final int HEIGHT = 120;
  private static final int STEP = 10;
  private static final int TICKS = 5;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /**
   * One bar: the good part at the bottom, the bad part above.
   *
   * @param x left edge
   * @param goodTop upper edge of the good part
   * @param good height of the good part
   * @param badTop upper edge of the bad part
   * @param bad height of the bad part
   * @param words text alternative
   */
  public record Bar(int x, String goodTop, String good, String badTop, String bad, String words) {}

  /** Returns the chart of attempts over time. */
  public static Chart attempts(List<TimeSeries.Bucket> buckets, ChartSpan span) {
    int most = buckets.stream().mapToInt(TimeSeries.Bucket::total).max().orElse(0);
    int top = rounded(most);
    List<Bar> bars = bars(buckets, HEIGHT, top, STEP);
    String summary =
        "Attempts in the last "
            + span.length()
            + ": "
            + buckets.stream().mapToInt(TimeSeries.Bucket::delivered).sum()
            + " delivered, "
            + buckets.stream().mapToInt(TimeSeries.Bucket::failed).sum()
            + " failed.";
    return new Chart(
        buckets.size() * STEP,
        HEIGHT,
        bars,
        Integer.toString(top),
        top % 2 == 0 ? Integer.toString(top / 2) : "",
        ticks(buckets, span),
        summary);
  }

  /** Returns the sparkline of an endpoint: its last 24 hours. */
  public static Chart spark(List<TimeSeries.Bucket> buckets) {
    int most = Math.max(1, buckets.stream().mapToInt(TimeSeries.Bucket::total).max().orElse(1));
    int delivered = buckets.stream().mapToInt(TimeSeries.Bucket::delivered).sum();
    int failed = buckets.stream().mapToInt(TimeSeries.Bucket::failed).sum();
    String summary = "Last 24 hours: " + delivered + " delivered, " + failed + " failed";
    return new Chart(
        buckets.size() * 5, 24, bars(buckets, 24, most, 5), "", "", List.of(), summary);
  }

  /**
   * Returns the path of a line through the spans that have a value.
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

  /** Returns the frame of the response time chart: it has two lines instead of bars. */
  public static Chart latency(List<TimeSeries.Bucket> buckets, ChartSpan span, Duration top) {
    return new Chart(
        buckets.size() * STEP,
        HEIGHT,
        List.of(),
        DisplayTime.length(top),
        DisplayTime.length(top.dividedBy(2)),
        ticks(buckets, span),
        "Response time of receivers in the last " + span.length() + ".");
  }

  private static List<Bar> bars(List<TimeSeries.Bucket> buckets, int height, int top, int step) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      TimeSeries.Bucket bucket = buckets.get(i);
      if (bucket.total() == 0) {
        continue;
      }
      double unit = height / (double) top;
      double good = bucket.delivered() * unit;
      // Keep one failure among thousands visible.
      double bad = bucket.failed() == 0 ? 0 : Math.max(1.5, bucket.failed() * unit);
      good = Math.min(good, height - bad);
      bars.add(
          new Bar(
              i * step,
              number(height - good),
              number(good),
              number(height - good - bad),
              number(bad),
              CLOCK.format(bucket.from())
                  + ": "
                  + bucket.delivered()
                  + " delivered, "
                  + bucket.failed()
                  + " failed"));
    }
    return bars;
  }

  private static List<String> ticks(List<TimeSeries.Bucket> buckets, ChartSpan span) {
    List<String> ticks = new ArrayList<>();
    for (int i = 0; i < TICKS; i++) {
      Instant at = buckets.get((buckets.size() - 1) * i / (TICKS - 1)).from();
      ticks.add((span == ChartSpan.WEEK ? DAY : CLOCK).format(at));
    }
    return ticks;
  }

  /** Rounds up to the next of 1, 2, 5, 10, 20, 50 … */
  private static int rounded(int most) {
    int top = 1;
    int[] steps = {2, 5, 10};
    int power = 1;
    while (top < most) {
      for (int step : steps) {
        top = step * power;
        if (top >= most) {
          return top;
        }
      }
      power *= 10;
    }
    return Math.max(2, top);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
