package dev.hookferry.http.console.text;

import java.util.Locale;

/** Numbers of bytes for display. */
public final class ByteCount {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};
  private static final int STEP = 1024;

  private ByteCount() {}

  /**
   * Returns a number of bytes with the unit that suits it, such as {@code 1.5 KiB} or {@code 17
   * MiB}.
   */
  public static String text(long bytes) {
    if (bytes < STEP) {
      return bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }
}
