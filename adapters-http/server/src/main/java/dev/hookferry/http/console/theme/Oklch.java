package dev.hookferry.http.console.theme;

/**
 * A colour in OKLCH, in which equal steps look equal and a change of lightness keeps the hue.
 *
 * @param lightness from 0, black, to 1, white
 * @param chroma from 0, grey; about 0.3 is the strongest that screens show
 * @param hue in radians
 */
record Oklch(double lightness, double chroma, double hue) {
  private static final int BISECTIONS = 20;
  private static final double EPSILON = 1e-4;

  /** Converts a colour given as {@code 0xrrggbb}. */
  static Oklch of(int rgb) {
    double r = linear(rgb >> 16 & 0xff);
    double g = linear(rgb >> 8 & 0xff);
    double b = linear(rgb & 0xff);
    double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    double greenRed = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    double blueYellow = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    return new Oklch(
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        Math.hypot(greenRed, blueYellow),
        Math.atan2(blueYellow, greenRed));
  }

  /** Returns this colour with another lightness, clamped to 0 to 1. */
  Oklch withLightness(double lightness) {
    return new Oklch(Math.max(0, Math.min(1, lightness)), chroma, hue);
  }

  /** Returns this colour with at most a given chroma. */
  Oklch withChromaUpTo(double max) {
    return new Oklch(lightness, Math.min(chroma, max), hue);
  }

  /**
   * Returns the colour as {@code 0xrrggbb}. If screens cannot show it, reduces the chroma until
   * they can, keeping lightness and hue.
   */
  int rgb() {
    if (isShowable()) {
      return encoded();
    }
    double shown = 0;
    double tooMuch = chroma;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (shown + tooMuch) / 2;
      if (new Oklch(lightness, middle, hue).isShowable()) {
        shown = middle;
      } else {
        tooMuch = middle;
      }
    }
    return new Oklch(lightness, shown, hue).encoded();
  }

  private boolean isShowable() {
    for (double channel : channels()) {
      if (channel < -EPSILON || channel > 1 + EPSILON) {
        return false;
      }
    }
    return true;
  }

  private int encoded() {
    int rgb = 0;
    for (double channel : channels()) {
      rgb = rgb << 8 | (int) Math.round(255 * compressed(Math.max(0, Math.min(1, channel))));
    }
    return rgb;
  }

  /** Returns red, green and blue as linear light. */
  private double[] channels() {
    double greenRed = chroma * Math.cos(hue);
    double blueYellow = chroma * Math.sin(hue);
    double l = cube(lightness + 0.3963377774 * greenRed + 0.2158037573 * blueYellow);
    double m = cube(lightness - 0.1055613458 * greenRed - 0.0638541728 * blueYellow);
    double s = cube(lightness - 0.0894841775 * greenRed - 1.2914855480 * blueYellow);
    return new double[] {
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    };
  }

  private static double cube(double value) {
    return value * value * value;
  }

  /** Returns the linear light, from 0 to 1, of a channel from 0 to 255. */
  static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double compressed(double value) {
    return value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
  }
}
