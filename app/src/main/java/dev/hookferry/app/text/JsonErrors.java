package dev.hookferry.app.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Human-readable reasons why a string is not JSON, without Jackson's wording and class names. */
public final class JsonErrors {
  private static final String OTHER = "this is not JSON";
  private static final String MORE = "there is more text after the JSON";

  /** The reasons by patterns of Jackson's messages; {@code $1} is the unexpected character. */
  private static final Map<Pattern, String> REASONS = reasons();

  private JsonErrors() {}

  private static Map<Pattern, String> reasons() {
    String found = "(?s)Unexpected character \\('(.{1,2})' .*";
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("(?s).*end-of-input.*", "the text ends before the JSON does");
    reasons.put("(?s).*[Ll]eading zero.*", "a number must not begin with 0");
    reasons.put("(?s).*(umeric value|ecimal point|xponent|not digit).*", "this is not a number");
    reasons.put(found + "hex-digit .*", "\\\\u must be followed by four hexadecimal digits");
    reasons.put(found + "start field name.*", "expected a name in double quotes, found $1");
    reasons.put(found + "comma .*", "expected a comma or the closing bracket, found $1");
    reasons.put(found + "colon .*", "expected a colon, found $1");
    reasons.put(found + "space separating root.*", MORE);
    reasons.put(found, "expected a value, found $1");
    reasons.put("Unexpected close marker '(.)'.*", "$1 has no opening bracket");
    reasons.put(
        "(Unrecognized|Non-standard) token .*",
        "expected a value; a text must be in double quotes");
    reasons.put("Unrecognized character escape.*", "\\\\ must be followed by one of \"\\\\/bfnrtu");
    reasons.put(
        "(?s)(Illegal unquoted|Illegal) character.*", "a control character must be escaped");
    reasons.put("(?s)Invalid UTF-.*", "this is not UTF-8");
    Map<Pattern, String> patterns = new LinkedHashMap<>();
    reasons.forEach((pattern, reason) -> patterns.put(Pattern.compile(pattern), reason));
    return patterns;
  }

  /**
   * Returns the reason with its place, such as {@code line 2, column 9: expected a value, found ,}.
   */
  public static String reason(JsonProcessingException failure) {
    JsonLocation at = failure.getLocation();
    return at == null || at.getLineNr() < 1
        ? reasonAlone(failure)
        : "line %d, column %d: %s"
            .formatted(at.getLineNr(), at.getColumnNr(), reasonAlone(failure));
  }

  private static String reasonAlone(JsonProcessingException failure) {
    if (failure instanceof StreamConstraintsException) {
      return "this exceeds a limit of nesting or length";
    }
    if (failure instanceof JsonMappingException) {
      return MORE;
    }
    String message = failure.getOriginalMessage();
    if (isAfterFirstValue(failure) && !message.startsWith("Unexpected close marker")) {
      return MORE;
    }
    for (Map.Entry<Pattern, String> reason : REASONS.entrySet()) {
      Matcher matcher = reason.getKey().matcher(message);
      if (matcher.matches()) {
        return matcher.replaceFirst(reason.getValue());
      }
    }
    return OTHER;
  }

  /** Returns whether the first value is complete, so that nothing may follow. */
  private static boolean isAfterFirstValue(JsonProcessingException failure) {
    return failure.getProcessor() instanceof JsonParser parser
        && parser.getParsingContext().inRoot()
        && parser.getParsingContext().getEntryCount() > 1;
  }
}
