package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Timing;
import dev.hookferry.http.console.text.DisplayTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of an attempt went, as a bar and in words; the template draws it.
 *
 * @param pieces of the bar, from left to right
 * @param most where most of it went, in a sentence; empty if nowhere
 * @param summary the whole in a sentence, for those who do not see the bar
 */
public record TimeSplit(List<Piece> pieces, String most, String summary) {
  /** How wide the drawing is. */
  static final int WIDTH = 1_000;

  /** Nothing that was measured. */
  static final TimeSplit NONE = new TimeSplit(List.of(), "", "");

  // Seen even where the bar is only as wide as a phone.
  private static final double LEAST = 8;

  /**
   * One part.
   *
   * @param tone the class that colours it
   * @param word what it is
   * @param took how long it lasted
   * @param x its left side
   * @param width how wide it is
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
              "part-" + share.part().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              word(share.part()),
              length(share.took()),
              number(x),
              number(widths[i])));
      x += widths[i];
    }
    String summary =
        pieces.stream()
            .map(piece -> piece.word() + " " + piece.took())
            .collect(Collectors.joining(", ", "Where the time went: ", "."));
    return new TimeSplit(pieces, most(shares, timing.total()), summary);
  }

  /** In proportion, but each to be seen: the widest gives what the others lack. */
  private static double[] widths(List<Timing.Share> shares) {
    double all = shares.stream().mapToLong(share -> share.took().toNanos()).sum();
    double[] widths = new double[shares.size()];
    int widest = 0;
    double sum = 0;
    for (int i = 0; i < widths.length; i++) {
      double share = all == 0 ? 0 : shares.get(i).took().toNanos() / all;
      widths[i] = Math.max(LEAST, WIDTH * share);
      sum += widths[i];
      widest = widths[i] > widths[widest] ? i : widest;
    }
    widths[widest] -= sum - WIDTH;
    return widths;
  }

  private static String most(List<Timing.Share> shares, Duration total) {
    return shares.stream()
        .filter(share -> share.took().multipliedBy(2).compareTo(total) > 0)
        .map(share -> "Mostly " + where(share.part()))
        .findFirst()
        .orElse("");
  }

  private static String word(Timing.Part part) {
    return switch (part) {
      case WAITING -> "waiting";
      case DNS -> "DNS";
      case CONNECT -> "connect";
      case TLS -> "TLS";
      case FIRST_BYTE -> "first byte";
      case REST -> "rest";
    };
  }

  private static String where(Timing.Part part) {
    return switch (part) {
      case WAITING -> "waiting for a free connection on this node.";
      case DNS -> "looking up the host name.";
      case CONNECT -> "connecting to the receiver.";
      case TLS -> "the TLS handshake.";
      case FIRST_BYTE -> "waiting for the receiver to respond.";
      case REST -> "reading the response.";
    };
  }

  /** Finer than elsewhere: nothing of it is long, and the small parts are compared. */
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
