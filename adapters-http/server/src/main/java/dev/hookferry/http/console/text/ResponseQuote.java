package dev.hookferry.http.console.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's own words about an attempt: the message or the first line of its response, or else
 * its challenge to authenticate.
 */
public final class ResponseQuote {
  private static final int MAX_LENGTH = 120;
  private static final int MAX_JSON_LENGTH = 80;

  /** Fields in which programs say what went wrong, the most telling first. */
  private static final List<String> MESSAGES =
      List.of("message", "detail", "error_description", "error", "title", "reason");

  private static final String CHALLENGE = "WWW-Authenticate";
  private static final JsonFactory JSON = new JsonFactory();

  private ResponseQuote() {}

  /** Returns the quote of the newest failed attempt; empty if its response has no line of text. */
  public static String ofFailure(List<Attempt> newestFirst) {
    return newestFirst.stream()
        .filter(attempt -> !attempt.outcome().isSuccess())
        .findFirst()
        .map(ResponseQuote::of)
        .orElse("");
  }

  /**
   * Returns the quote of an attempt; empty if it has no response, or one without a challenge that
   * is empty, a page of HTML or not text.
   */
  public static String of(Attempt attempt) {
    return of(attempt.outcome().response());
  }

  private static String of(@Nullable Response response) {
    if (response == null) {
      return "";
    }
    String line = line(response.body().text());
    String challenge = response.headers().first(CHALLENGE);
    if (line.isEmpty() && !challenge.isEmpty()) {
      line = cut(CHALLENGE + ": " + challenge, MAX_LENGTH);
    }
    return line.isEmpty() ? "" : "“" + line + "”";
  }

  /**
   * Returns the message in a body of JSON, or the beginning of it; the first line of any other
   * text; empty if the body is empty, a page of HTML or not text.
   */
  public static String line(String text) {
    String body = text.strip();
    boolean isText = body.chars().allMatch(c -> c != '\uFFFD' && (c >= ' ' || isSpace(c)));
    if (body.isEmpty() || body.startsWith("<") || !isText) {
      return "";
    }
    if (!body.startsWith("{") && !body.startsWith("[")) {
      return cut(first(body), MAX_LENGTH);
    }
    String message = message(body);
    return message.isEmpty()
        ? cut(body.replaceAll("\\s+", " "), MAX_JSON_LENGTH)
        : cut(message.strip().replaceAll("\\s+", " "), MAX_LENGTH);
  }

  /** Returns the message in a JSON body; empty if it has none of the usual fields. */
  private static String message(String json) {
    Map<String, String> found = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String name = parser.currentName();
        if (token == JsonToken.VALUE_STRING && name != null && !parser.getText().isBlank()) {
          found.putIfAbsent(name.toLowerCase(Locale.ROOT), parser.getText());
        }
      }
    } catch (IOException e) {
      // A response that was cut off may have said enough before its end.
    }
    return MESSAGES.stream().filter(found::containsKey).map(found::get).findFirst().orElse("");
  }

  private static String first(String body) {
    return body.lines().findFirst().orElse("").strip();
  }

  private static boolean isSpace(int c) {
    return c == '\n' || c == '\r' || c == '\t';
  }

  private static String cut(String line, int maxLength) {
    if (line.length() <= maxLength) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return line.substring(0, end) + "…";
  }
}
