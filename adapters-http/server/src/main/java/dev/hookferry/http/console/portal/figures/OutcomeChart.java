package dev.hookferry.http.console.portal.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Deliveries over time as bars: delivered ones at the bottom, pending ones above, failed ones on
 * top.
 *
 * @param width in units of its view box
 * @param height in units of its view box
 */
public record OutcomeChart(int width, int height, List<Bar> bars) {
  private static final int STEP = 10;
  private static final double MIN = 1.5;

  /**
   * A part of a bar.
   *
   * @param look the CSS class
   */
  public record Piece(String look, String top, String height) {}

  /**
   * One bar.
   *
   * @param x the left edge
   * @param pieces its parts; empty if there is nothing to draw
   */
  public record Bar(int x, List<Piece> pieces) {}

  static OutcomeChart of(OutcomeTimeline timeline, int height) {
    int most =
        Math.max(
            1, timeline.slots().stream().mapToInt(OutcomeTimeline.Outcomes::all).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    for (OutcomeTimeline.Outcomes one : timeline.slots()) {
      bars.add(new Bar(bars.size() * STEP, pieces(one, height, (double) height / most)));
    }
    return new OutcomeChart(bars.size() * STEP, height, bars);
  }

  private static List<Piece> pieces(OutcomeTimeline.Outcomes one, int height, double unit) {
    // Keep one failure among thousands visible.
    double failed = length(one.failed(), unit);
    double pending = length(one.pending(), unit);
    double delivered = Math.min(one.delivered() * unit, height - failed - pending);
    List<Piece> pieces = new ArrayList<>();
    double top = add(pieces, "bar-good", height, delivered);
    top = add(pieces, "bar-wait", top, pending);
    add(pieces, "bar-bad", top, failed);
    return pieces;
  }

  private static double length(int count, double unit) {
    return count == 0 ? 0 : Math.max(MIN, count * unit);
  }

  /** Adds a piece, and returns its upper edge. */
  private static double add(List<Piece> pieces, String look, double bottom, double height) {
    if (height <= 0) {
      return bottom;
    }
    pieces.add(new Piece(look, number(bottom - height), number(height)));
    return bottom - height;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
