package dev.hookferry.app.config.reading;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A syntax error in a YAML file, in plain words instead of the parser's.
 *
 * @param line the line with the error; 0 if unknown
 * @param text the error and, if known, where the broken list, object or text begins
 */
record YamlProblem(int line, String text) {
  private static final Pattern PLACE = Pattern.compile("(?m)^ in 'reader', line (\\d+),");

  /** Names for the elements that the parser was reading. */
  private static final Map<String, String> CONTEXTS =
      Map.of(
          "while parsing a flow sequence", "the list",
          "while parsing a flow mapping", "the object",
          "while scanning a quoted scalar", "the quoted text",
          "while scanning a double-quoted scalar", "the quoted text");

  /**
   * Translates a parser error. The parser's message names the element being read, if known, on one
   * line and the error on another; the indented lines after each of them quote the place.
   */
  static YamlProblem of(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    List<String> said =
        message.lines().filter(line -> !line.isBlank() && !line.startsWith(" ")).toList();
    List<Integer> places =
        PLACE.matcher(message).results().map(place -> Integer.valueOf(place.group(1))).toList();
    @Nullable JsonLocation last = e.getLocation();
    int known = last == null ? 0 : last.getLineNr();
    int line = places.isEmpty() ? known : places.get(places.size() - 1);
    String context = CONTEXTS.get(said.isEmpty() ? "" : said.get(0));
    String rule = said.isEmpty() ? "it cannot be read" : rule(said.get(said.size() - 1));
    return new YamlProblem(
        line,
        context == null || places.isEmpty()
            ? rule
            : rule + " in " + context + " that begins in line " + places.get(0));
  }

  private static String rule(String error) {
    if (error.startsWith("expected <block end>")) {
      return "this line does not continue the lines above it; check its indentation";
    }
    if (error.contains("(TAB)")) {
      return "a tab cannot indent a line; use spaces";
    }
    if (error.startsWith("mapping values are not allowed")) {
      return "no colon is allowed here; put the value in quotes, or check the line above";
    }
    return error
        .replaceFirst(" that cannot start any token.*", "; put the value in quotes")
        .replaceFirst(", but (got|found) .*", "");
  }
}
