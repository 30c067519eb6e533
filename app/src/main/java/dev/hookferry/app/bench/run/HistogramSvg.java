package dev.hookferry.app.bench.run;

import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.figures.Rounded;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Draws a latency histogram as SVG, over a logarithmic axis of milliseconds, with lines at the
 * median and the 99th percentile. Readable on light and dark backgrounds.
 */
public final class HistogramSvg {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 50;
  private static final int BOTTOM = 50;

  /** Bars per power of ten. */
  private static final int IN_DECADE = 12;

  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #222; }
        .title { font-size: 16px; font-weight: 600; }
        .axis { stroke: #888; } .grid { stroke: #ddd; }
        .bar { fill: #2f6fab; } .mark { stroke: #b3261e; stroke-dasharray: 4 3; }
        .ground { fill: #fff; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6e6e6; } .grid { stroke: #444; } .ground { fill: #1b1b1b; }
          .bar { fill: #7fb2e5; } .mark { stroke: #ff8a80; }
        }
      </style>
      """;

  private final Histogram histogram;
  private final int firstDecade;
  private final int decades;
  private final StringBuilder svg = new StringBuilder();

  private HistogramSvg(Histogram histogram) {
    this.histogram = histogram;
    double min = Math.max(1, histogram.getMinNonZeroValue());
    firstDecade = histogram.getMaxValue() == 0 ? 0 : (int) Math.floor(Math.log10(min));
    double max = Math.max(10, histogram.getMaxValue());
    decades = Math.max(1, (int) Math.ceil(Math.log10(max) + 1e-9) - firstDecade);
  }

  public static String of(BenchReport.Picture picture) {
    return new HistogramSvg(picture.histogram()).draw(picture.title());
  }

  private String draw(String title) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\">%n",
        WIDTH, HEIGHT, escaped(title));
    svg.append(STYLE);
    add("<rect class=\"ground\" width=\"%d\" height=\"%d\"/>%n", WIDTH, HEIGHT);
    add("<text class=\"title\" x=\"%d\" y=\"24\">%s</text>%n", LEFT, escaped(title));
    long[] counts = counts();
    long max = 1;
    for (long count : counts) {
      max = Math.max(max, count);
    }
    for (int i = 0; i < counts.length; i++) {
      bar(i, counts[i], max);
    }
    axes(max);
    mark("p50", 50);
    mark("p99", 99);
    return svg.append("</svg>\n").toString();
  }

  private long[] counts() {
    long[] counts = new long[decades * IN_DECADE];
    histogram
        .recordedValues()
        .forEach(
            value -> {
              double at = place(value.getValueIteratedTo()) * counts.length;
              counts[(int) Math.min(at, counts.length - 1)] +=
                  value.getCountAddedInThisIterationStep();
            });
    return counts;
  }

  /** Returns the position of a value in microseconds on the axis, from 0 to 1. */
  private double place(long micros) {
    double power = Math.log10(Math.max(1.0, (double) micros)) - firstDecade;
    return Math.max(0, Math.min(1, power / decades));
  }

  private double x(double place) {
    return LEFT + place * (WIDTH - LEFT - RIGHT);
  }

  private void bar(int index, long count, long max) {
    if (count == 0) {
      return;
    }
    double bars = decades * IN_DECADE;
    double tall = Math.max(1, (double) count / max * (HEIGHT - TOP - BOTTOM));
    double left = x(index / bars);
    add(
        "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
        left, HEIGHT - BOTTOM - tall, x((index + 1) / bars) - left - 1, tall);
  }

  private void axes(long max) {
    int ground = HEIGHT - BOTTOM;
    for (int i = 0; i <= decades; i++) {
      double x = x((double) i / decades);
      add(
          "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
          x, TOP, x, ground);
      String label = Rounded.of(Math.pow(10, firstDecade + i) / 1000).toPlainString();
      add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", x, ground + 18, label);
    }
    add(
        "<line class=\"axis\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
        LEFT, ground, WIDTH - RIGHT, ground);
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">milliseconds (logarithmic)</text>%n",
        (LEFT + WIDTH - RIGHT) / 2, ground + 38);
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%,d</text>%n", LEFT - 8, TOP + 5, max);
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>%n", LEFT - 8, ground);
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">events</text>%n", LEFT - 8, TOP + 24);
  }

  private void mark(String name, double percentile) {
    double x = x(place(histogram.getValueAtPercentile(percentile)));
    add(
        "<line class=\"mark\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
        x, TOP, x, HEIGHT - BOTTOM);
    boolean atRight = x > WIDTH / 2.0;
    int y = TOP + (name.equals("p50") ? 12 : 30);
    add(
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s %.2f ms</text>%n",
        atRight ? x - 5 : x + 5,
        y,
        atRight ? "end" : "start",
        name,
        LatencyHistograms.millis(histogram, percentile));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
