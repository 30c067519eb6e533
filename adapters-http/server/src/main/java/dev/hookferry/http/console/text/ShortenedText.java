package dev.hookferry.http.console.text;

import java.util.regex.Pattern;

/**
 * A URL in the parts of a line that is too narrow for it: the middle is cut off, so that host and
 * end stay readable.
 *
 * @param host the host with its port; the scheme is left out
 * @param middle the part of the path that is cut off first; may be empty
 * @param end the end of the path
 */
public record ShortenedText(String host, String middle, String end) {
  private static final Pattern SCHEME = Pattern.compile("^https?://");
  private static final int END = 14;
  private static final int MAX = 60;

  /** A shorter middle would save no room. */
  private static final int MIN = 4;

  /** Returns the parts of a URL. */
  public static ShortenedText parts(String url) {
    String shown = SCHEME.matcher(url).replaceFirst("");
    int slash = shown.indexOf('/');
    int path = slash < 0 ? shown.length() : slash;
    int last = Math.max(path, shown.length() - END);
    int end = last - path < MIN ? path : last;
    return new ShortenedText(
        shown.substring(0, path), shown.substring(path, end), shown.substring(end));
  }

  /** Returns a name unchanged, or a URL used as a name without its scheme and shortened. */
  public static String named(String name) {
    return SCHEME.matcher(name).find() ? of(name) : name;
  }

  /** Returns a URL with at most 60 characters, unless its host is longer. */
  public static String of(String url) {
    ShortenedText parts = parts(url);
    int left = Math.max(0, MAX - parts.host().length() - parts.end().length() - 1);
    String middle =
        parts.middle().length() <= left + 1
            ? parts.middle()
            : parts.middle().substring(0, left) + "…";
    return parts.host() + middle + parts.end();
  }

  /** Returns the part before the end. */
  public String start() {
    return host + middle;
  }
}
