package dev.hookferry.outbound;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL with placeholders for routing values, in its path and query only: {@code
 * https://api.example/{tenant}/hook}. Values are percent-encoded, so that they cannot break out of
 * their segment or parameter. Immutable.
 */
final class UrlTemplate {
  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9_]{1,64})\\}");
  private static final Pattern AUTHORITY = Pattern.compile("[^/?]*(?://)?[^/?]*");

  /** An incomplete percent escape before a placeholder, which a value could complete. */
  private static final Pattern HALF_ESCAPE = Pattern.compile("%[0-9A-Fa-f]?\\{");

  private static final Pattern ESCAPED_DOT = Pattern.compile("%2[eE]");
  private static final String HEX = "0123456789ABCDEF";

  private final String text;
  private final Set<String> names;

  private UrlTemplate(String text, Set<String> names) {
    this.text = text;
    this.names = names;
  }

  /** Returns whether a string must be a template, because URLs have no braces. */
  static boolean isTemplate(String text) {
    return text.indexOf('{') >= 0 || text.indexOf('}') >= 0;
  }

  /**
   * Parses a template. The caller must check that it expands to a valid URL.
   *
   * @throws dev.hookferry.refusal.InvalidException for the field {@code url} if a placeholder is
   *     invalid or misplaced
   */
  static UrlTemplate parse(String text) {
    Matcher names = NAME.matcher(text);
    Set<String> found = new LinkedHashSet<>();
    while (names.find()) {
      found.add(names.group(1));
    }
    if (isTemplate(names.replaceAll(""))) {
      throw UrlFault.SYNTAX.refusal(
          "must have the name of a routing value in each pair of braces, 1 to 64 characters of"
              + " A-Z a-z 0-9 _, as in https://example.com/{tenant}/hook; write %7B and %7D for"
              + " braces of its own");
    }
    Matcher authority = AUTHORITY.matcher(text);
    if (!authority.lookingAt() || isTemplate(authority.group())) {
      throw UrlFault.SYNTAX.refusal(
          "must not have a routing value in its scheme, host or port; values may stand in the path"
              + " and in the query");
    }
    if (HALF_ESCAPE.matcher(text).find()) {
      throw UrlFault.SYNTAX.refusal("must not have a routing value within a percent escape");
    }
    return new UrlTemplate(text, Collections.unmodifiableSet(found));
  }

  /** Returns the names of the placeholders, in order of first use. */
  Set<String> names() {
    return names;
  }

  /** Returns sample values: for each placeholder, its own name. */
  Map<String, String> samples() {
    Map<String, String> samples = new LinkedHashMap<>();
    names.forEach(name -> samples.put(name, name));
    return samples;
  }

  /**
   * Returns why it cannot be expanded with the values, as the reason of a problem; null if it can.
   */
  @Nullable String problem(Map<String, String> values) {
    for (String name : names) {
      if (!values.containsKey(name)) {
        return "must have a value " + name + ", which the URL needs";
      }
    }
    String expanded = expand(values);
    if (expanded.length() > TargetUrl.MAX_LENGTH) {
      return "makes a URL of more than " + TargetUrl.MAX_LENGTH + " characters";
    }
    List<String> segments = segments(text);
    List<String> filled = segments(expanded);
    for (int i = 0; i < segments.size(); i++) {
      // Receivers and proxies resolve such segments, which would change the path.
      String segment = ESCAPED_DOT.matcher(filled.get(i)).replaceAll(".");
      if (isTemplate(segments.get(i))
          && (segment.isEmpty() || segment.equals(".") || segment.equals(".."))) {
        return "turns " + segments.get(i) + " into an empty segment, . or .. of the URL's path";
      }
    }
    return null;
  }

  /** Returns the URL with the values inserted; a missing one counts as empty. */
  String expand(Map<String, String> values) {
    StringBuilder url = new StringBuilder();
    Matcher names = NAME.matcher(text);
    int from = 0;
    while (names.find()) {
      url.append(text, from, names.start());
      encode(values.getOrDefault(names.group(1), ""), url);
      from = names.end();
    }
    return url.append(text, from, text.length()).toString();
  }

  /** Returns the segments of the path; values have no slash or question mark once encoded. */
  private static List<String> segments(String url) {
    int query = url.indexOf('?');
    String path = query < 0 ? url : url.substring(0, query);
    List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
    // Skips the scheme, the empty part after it, and the authority.
    return segments.subList(Math.min(3, segments.size()), segments.size());
  }

  /** Appends a value, percent-encoding all but unreserved characters (RFC 3986). */
  private static void encode(String value, StringBuilder url) {
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean unreserved =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (unreserved) {
        url.append(c);
      } else {
        url.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
