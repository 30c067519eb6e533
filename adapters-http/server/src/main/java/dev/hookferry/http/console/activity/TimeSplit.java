package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Timing;
import dev.hookferry.http.words.DisplayTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The phases of an attempt's duration, as a bar and as text; drawn by a template.
 *
 * @param pieces phases from left to right
 * @param most the longest phase, in a sentence; empty if there is none
 * @param summary text alternative
 * @param isSlow whether the attempt was slow enough that its phases are worth showing
 */
public record TimeSplit(List<Piece> pieces, String most, String summary, boolean isSlow) {
  /** Total duration from which the phases are worth showing. */
  private static final Duration SLOW = Duration.ofMillis(250);

  /** Width of the drawing. */
  static final int WIDTH = 1_000;

  /** An attempt without measured phases. */
  static final TimeSplit NONE = new TimeSplit(List.of(), "", "", false);

  // Minimum width that is visible even on a phone.
  private static final double MIN = 8;

  /**
   * One phase.
   *
   * @param tone CSS class of its colour
   * @param word its name
   * @param took its duration
   * @param x left edge
   * @param width the width of the piece
   */
  public record Piece(String tone, String word, String took, String x, String width) {}

  public static TimeSplit of(@Nullable Timing timing) {
    if (timing == null) {
      return NONE;
    }
    List<Timing.Share> shares = timing.shares();
    double[] widths = widths(shares);
    List<Piece> pieces = new ArrayList<>();
    double x = 0;
    for (int i = 0; i < widths.length; i++) {
      Timing.Share share = shares.get(i);
      pieces.add(
          new Piece(
              "part-" + share.phase().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              word(share.phase()),
              length(share.took()),
              number(x),
              number(widths[i])));
      x += widths[i];
    }
    String summary =
        pieces.stream()
            .map(piece -> piece.word() + " " + piece.took())
            .collect(Collectors.joining(", ", "Time by phase: ", "."));
    boolean isSlow = timing.total().compareTo(SLOW) >= 0;
    return new TimeSplit(pieces, most(shares, timing.total()), summary, isSlow);
  }

  /**
   * Returns widths in proportion to the durations, each wide enough to be visible. The widest piece
   * is reduced to make room for the others.
   */
  private static double[] widths(List<Timing.Share> shares) {
    double all = shares.stream().mapToLong(share -> share.took().toNanos()).sum();
    double[] widths = new double[shares.size()];
    int widest = 0;
    double sum = 0;
    for (int i = 0; i < widths.length; i++) {
      double share = all == 0 ? 0 : shares.get(i).took().toNanos() / all;
      widths[i] = Math.max(MIN, WIDTH * share);
      sum += widths[i];
      widest = widths[i] > widths[widest] ? i : widest;
    }
    widths[widest] -= sum - WIDTH;
    return widths;
  }

  private static String most(List<Timing.Share> shares, Duration total) {
    return shares.stream()
        .filter(share -> share.took().multipliedBy(2).compareTo(total) > 0)
        .map(share -> "Mostly " + where(share.phase()))
        .findFirst()
        .orElse("");
  }

  private static String word(Timing.Phase phase) {
    return switch (phase) {
      case WAITING -> "waiting";
      case DNS -> "DNS";
      case CONNECT -> "connect";
      case PROXY -> "proxy";
      case TLS -> "TLS";
      case FIRST_BYTE -> "first byte";
      case REST -> "rest";
    };
  }

  private static String where(Timing.Phase phase) {
    return switch (phase) {
      case WAITING -> "waiting for a free connection on this node.";
      case DNS -> "looking up the host name.";
      case CONNECT -> "connecting to the receiver.";
      case PROXY -> "waiting for the proxy to connect to the receiver.";
      case TLS -> "the TLS handshake.";
      case FIRST_BYTE -> "waiting for the receiver to respond.";
      case REST -> "reading the response.";
    };
  }

  /** Formats a duration more precisely than elsewhere, since small phases are compared. */
  private static String length(Duration took) {
    long micros = took.toNanos() / 1_000;
    if (micros >= 10_000) {
      return DisplayTime.length(took);
    }
    return micros < 50 ? "<0.1 ms" : String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
