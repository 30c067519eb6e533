package dev.hookferry.http.console.text;

import dev.hookferry.refusal.InvalidException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Values by name as users type them, one per line. */
public final class KeyValueLines {
  private KeyValueLines() {}

  /** Returns a line for each value, as {@code name=value}. */
  public static String of(Map<String, String> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * Parses lines, of which empty ones are skipped.
   *
   * @throws InvalidException for the field, if a line has no name or a name occurs twice
   */
  public static Map<String, String> parse(String field, String text) {
    return parse(field, text, '=', "region=eu");
  }

  /**
   * Parses headers, one per line as {@code Name: value}; empty lines are skipped.
   *
   * @throws InvalidException for the field, if a line has no name or a name occurs twice
   */
  public static Map<String, String> headers(String field, String text) {
    return parse(field, text, ':', "X-Team: billing");
  }

  private static Map<String, String> parse(String field, String text, char sign, String example) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
      int end = line.indexOf(sign);
      if (end < 1) {
        throw InvalidException.of(field, "must be lines such as " + example);
      }
      String name = line.substring(0, end).strip();
      if (pairs.put(name, line.substring(end + 1).strip()) != null) {
        throw InvalidException.of(field, "must not have " + name + " twice");
      }
    }
    return pairs;
  }
}
