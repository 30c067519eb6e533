package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.site.PortalSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The stylesheet of a site's portal: its layout, and the accent colour. Text in that colour, and on
 * it, has a contrast of at least 4.5:1; a colour that has less is made darker or lighter until it
 * passes.
 */
final class PortalTheme {
  private static final double LEAST_CONTRAST = 4.5;
  private static final int STEPS = 40;
  private static final double TINT = 0.1;
  private static final int SHOWN = 8;
  private static final int BLACK = 0x000000;
  private static final int WHITE = 0xffffff;
  private static final int[] LIGHT = {0xffffff, 0xf6f7f9, 0xf0f2f5};
  private static final int[] DARK = {0x1a2029, 0x12161c, 0x222a35};

  private static final String LAYOUT =
      """
      body.portal { display: block; background: var(--page); }
      body.portal main { max-width: 1100px; margin: 0 auto; padding: var(--s5) var(--s4); }
      .portal nav { display: flex; flex-wrap: wrap; gap: var(--s1); }
      .portal nav a { padding: 6px 12px; border-radius: 6px; text-decoration: none; }
      .portal nav a[aria-current] { background: var(--accent-soft); font-weight: 600; }
      .portal pre { overflow: auto; max-height: 30em; }
      .portal td form, .portal .actions form { display: inline; }
      @media (max-width: 640px) { .portal nav a { min-height: 44px; line-height: 32px; } }
      """;

  private final String path;
  private final byte[] css;

  private PortalTheme(String text) {
    css = text.getBytes(StandardCharsets.UTF_8);
    path = "/portal/theme-" + hash(css) + ".css";
  }

  static PortalTheme of(PortalSettings settings) {
    if (settings.accent().isEmpty()) {
      return new PortalTheme(LAYOUT);
    }
    int accent = Integer.parseInt(settings.accent().substring(1), 16);
    return new PortalTheme(
        LAYOUT
            + colours(accent, LIGHT, BLACK)
            + "@media (prefers-color-scheme: dark) { "
            + colours(accent, DARK, WHITE)
            + "}\n");
  }

  private static String colours(int accent, int[] grounds, int towards) {
    int readable = accent;
    for (int step = 1; step <= STEPS && !isReadable(readable, grounds); step++) {
      readable = mix(accent, towards, (double) step / STEPS);
    }
    int text = contrast(readable, WHITE) >= LEAST_CONTRAST ? WHITE : BLACK;
    return String.format(
        Locale.ROOT,
        ":root { --accent: #%06x; --accent-text: #%06x; --accent-soft: #%06x; }%n",
        readable,
        text,
        tint(readable, grounds));
  }

  private static int tint(int colour, int[] grounds) {
    return mix(grounds[0], colour, TINT);
  }

  private static boolean isReadable(int colour, int[] grounds) {
    for (int ground : grounds) {
      if (contrast(colour, ground) < LEAST_CONTRAST) {
        return false;
      }
    }
    return contrast(colour, tint(colour, grounds)) >= LEAST_CONTRAST;
  }

  private static int mix(int from, int to, double part) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = from >> shift & 0xff;
      int b = to >> shift & 0xff;
      mixed |= (int) Math.round(a + (b - a) * part) << shift;
    }
    return mixed;
  }

  /** Returns the contrast of two colours as WCAG defines it, from 1 to 21. */
  static double contrast(int one, int other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16 & 0xff)
        + 0.7152 * linear(colour >> 8 & 0xff)
        + 0.0722 * linear(colour & 0xff);
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  /** Returns the path of the stylesheet, which changes with its content. */
  String path() {
    return path;
  }

  /** Returns the stylesheet if it is what a request asks for. */
  Optional<ConsoleReply> reply(ConsoleRequest request) {
    return request.path().equals(path)
        ? Optional.of(ConsoleReply.of(200, "text/css; charset=utf-8", css))
        : Optional.empty();
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
