package dev.hookferry.http.console.theme;

import java.util.Locale;

/**
 * Colours derived from a site's accent for light or dark pages. Hover and tint keep its hue. An
 * accent with a contrast below 4.5:1 on any surface is darkened or lightened, in OKLCH, until every
 * pair passes.
 *
 * @param ground the background of the pages: light or dark
 * @param asked the requested colour
 * @param accent the colour of links and buttons
 * @param hover a button under the pointer
 * @param text text on either of them
 * @param tint the background of the selected page and of notes
 * @param given the lowest contrast of the requested colour
 */
public record AccentColours(
    Ground ground, int asked, int accent, int hover, int text, int tint, double given) {
  /** The contrast that WCAG 2.2 AA requires of text. */
  static final double MIN = 4.5;

  private static final double STEP = 0.005;
  private static final double HOVER = 0.06;
  private static final int BLACK = 0x000000;
  private static final int WHITE = 0xffffff;

  /** Light or dark pages. */
  public enum Ground {
    LIGHT("light", -1, 0.955, 0.03),
    DARK("dark", 1, 0.3, 0.06);

    private final String word;
    private final int away;
    private final double tintLightness;
    private final double tintChroma;

    Ground(String word, int away, double tintLightness, double tintChroma) {
      this.word = word;
      this.away = away;
      this.tintLightness = tintLightness;
      this.tintChroma = tintChroma;
    }

    /** Returns {@code light} or {@code dark}. */
    public String word() {
      return word;
    }

    /** Returns the colours of card, page and sunk surface in the stylesheet. */
    private int[] surfaces() {
      return this == LIGHT
          ? new int[] {0xffffff, 0xf6f7f9, 0xf0f2f5}
          : new int[] {0x1a2029, 0x12161c, 0x222a35};
    }
  }

  static AccentColours of(int asked, Ground ground) {
    Oklch wanted = Oklch.of(asked);
    int tint = wanted.withLightness(ground.tintLightness).withChromaUpTo(ground.tintChroma).rgb();
    int accent = asked;
    Oklch moving = wanted;
    while (weakest(accent, tint, ground) < MIN) {
      moving = moving.withLightness(moving.lightness() + ground.away * STEP);
      accent = moving.rgb();
    }
    int text = contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK;
    int hover = moving.withLightness(moving.lightness() + ground.away * HOVER).rgb();
    double given = weakest(asked, tint, ground);
    return new AccentColours(ground, asked, accent, hover, text, tint, given);
  }

  /** Returns the lowest contrast of a colour as text on the surfaces of pages and on the tint. */
  private static double weakest(int colour, int tint, Ground ground) {
    double weakest = contrast(colour, tint);
    for (int surface : ground.surfaces()) {
      weakest = Math.min(weakest, contrast(colour, surface));
    }
    return weakest;
  }

  /** Returns the lowest contrast of the accent with its backgrounds. */
  public double contrast() {
    return weakest(accent, tint, ground);
  }

  /** Returns the lowest contrast of the text on buttons. */
  public double textContrast() {
    return Math.min(contrast(text, accent), contrast(text, hover));
  }

  /** Returns the contrast of two colours as WCAG defines it, from 1 to 21. */
  static double contrast(int one, int other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(int colour) {
    return 0.2126 * Oklch.linear(colour >> 16 & 0xff)
        + 0.7152 * Oklch.linear(colour >> 8 & 0xff)
        + 0.0722 * Oklch.linear(colour & 0xff);
  }

  /** Returns whether the accent differs from the requested colour. */
  public boolean moved() {
    return accent != asked;
  }

  /** Explains how the pages deviate from the requested accent; empty if they do not. */
  public String advice() {
    return moved()
        ? String.format(
            Locale.ROOT,
            "On %s pages, the accent is %s to %s (%s) to stay readable: %s has a contrast of %s"
                + " where 4.5:1 is required.",
            ground.word,
            ground == Ground.DARK ? "lightened" : "darkened",
            css(accent),
            ratio(contrast()),
            css(asked),
            ratio(given))
        : "";
  }

  /** Returns a colour as stylesheets write it, such as {@code #1f5fbf}. */
  public static String css(int colour) {
    return String.format(Locale.ROOT, "#%06x", colour);
  }

  /** Returns a contrast in the usual notation, such as {@code 4.6:1}; rounded down. */
  public static String ratio(double contrast) {
    return String.format(Locale.ROOT, "%.1f:1", Math.floor(contrast * 10) / 10);
  }
}
