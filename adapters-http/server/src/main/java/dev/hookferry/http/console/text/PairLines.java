package dev.hookferry.http.console.text;

import dev.hookferry.refusal.InvalidException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Values by name as people type them: a line for each, as {@code name=value}. */
public final class PairLines {
  private PairLines() {}

  /** Returns a line for each value. */
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
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String line : text.split("\\R", -1)) {
      int equals = line.indexOf('=');
      if (line.isBlank()) {
        continue;
      }
      if (equals < 1) {
        throw InvalidException.of(field, "must be lines such as region=eu");
      }
      String name = line.substring(0, equals).strip();
      if (pairs.put(name, line.substring(equals + 1).strip()) != null) {
        throw InvalidException.of(field, "must have each name once");
      }
    }
    return pairs;
  }
}
