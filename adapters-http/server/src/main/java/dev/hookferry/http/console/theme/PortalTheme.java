package dev.hookferry.http.console.theme;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.theme.AccentColours.Ground;
import dev.hookferry.site.PortalSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The stylesheet of a site's portal: its layout, and the colours derived from the accent. It
 * applies only within {@code .portal}, so that the console can show a preview of it.
 */
public final class PortalTheme {
  private static final String START = "/portal/theme-";
  private static final String END = ".css";
  private static final String NONE = "000000";
  private static final Pattern PATH =
      Pattern.compile("/portal/theme-([0-9a-fA-F]{6})[0-9a-f]{10}\\.css");
  private static final int SHOWN = 5;
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

  private static final String LAYOUT =
      """
      body.portal { display: block; background: var(--page); }
      body.portal main { max-width: 1160px; margin: 0 auto; padding: var(--s5) var(--s4); }
      .portal nav a { text-decoration: none; }
      .portal pre { overflow: auto; max-height: 30em; }
      .portal td form, .portal .actions form { display: inline; }
      .portal .note a:not(.button) { color: inherit; }
      .portal .note.plain { color: var(--line-strong); background: var(--sunk); }
      .portal .filters .field { max-width: min(100%, 300px); }
      .portal td:has(> time) { white-space: nowrap; }
      .portal td > a[href*="/dlv_"] { font-family: var(--mono); font-size: 13px; text-underline-offset: 4px; }
      """;

  private final String path;
  private final byte[] css;

  private PortalTheme(String accent) {
    List<AccentColours> derived = colours(accent);
    String text = derived.isEmpty() ? LAYOUT : LAYOUT + variables(derived);
    css = text.getBytes(StandardCharsets.UTF_8);
    path = START + (derived.isEmpty() ? NONE : accent.substring(1)) + hash(css) + END;
  }

  public static PortalTheme of(PortalSettings settings) {
    return new PortalTheme(settings.accent());
  }

  /** Returns the stylesheet for an accent; any text that is not a colour yields the default. */
  public static String css(String accent) {
    return new String(new PortalTheme(accent).css, StandardCharsets.UTF_8);
  }

  /**
   * Returns the colours derived from an accent, for light and for dark pages.
   *
   * @param accent such as {@code #6122e7}; anything else yields none
   */
  public static List<AccentColours> colours(String accent) {
    if (!COLOUR.matcher(accent).matches()) {
      return List.of();
    }
    int requested = Integer.parseInt(accent.substring(1), 16);
    return Stream.of(Ground.values()).map(ground -> AccentColours.of(requested, ground)).toList();
  }

  private static String variables(List<AccentColours> derived) {
    return ".portal { "
        + variable("accent", derived, AccentColours::accent)
        + variable("accent-hover", derived, AccentColours::hover)
        + variable("accent-text", derived, AccentColours::text)
        + variable("accent-soft", derived, AccentColours::tint)
        + "}\n";
  }

  private static String variable(
      String name, List<AccentColours> derived, ToIntFunction<AccentColours> part) {
    List<String> both =
        derived.stream().map(one -> AccentColours.css(part.applyAsInt(one))).toList();
    return "--" + name + ": light-dark(" + String.join(", ", both) + "); ";
  }

  /** Returns the path of the stylesheet, which contains the accent and a hash of the content. */
  public String path() {
    return path;
  }

  /**
   * Returns the requested stylesheet; empty if the path is that of none. It needs no session,
   * because it reveals no more than its path.
   */
  public static Optional<ConsoleReply> reply(ConsoleRequest request) {
    Matcher requested = PATH.matcher(request.path());
    return !requested.matches()
        ? Optional.empty()
        : Stream.of("#" + requested.group(1), "")
            .map(PortalTheme::new)
            .filter(theme -> theme.path.equals(request.path()))
            .findFirst()
            .map(theme -> ConsoleReply.of(200, "text/css; charset=utf-8", theme.css));
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
