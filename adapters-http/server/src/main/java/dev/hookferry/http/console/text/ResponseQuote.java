package dev.hookferry.http.console.text;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A receiver's own words about an attempt: the first line of its response. */
public final class ResponseQuote {
  private static final int LONGEST = 120;

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
   * Returns the quote of an attempt; empty if it has no response, or one that is empty, a page of
   * HTML or not text.
   */
  public static String of(Attempt attempt) {
    return of(attempt.outcome().response());
  }

  private static String of(@Nullable Response response) {
    String line = response == null ? "" : line(response.body().text());
    return line.isEmpty() ? "" : "“" + line + "”";
  }

  /**
   * Returns the first line of a body, or the beginning of JSON; empty if the body is empty, a page
   * of HTML or not text.
   */
  public static String line(String text) {
    String body = text.strip();
    boolean isText = body.chars().allMatch(c -> c != '\uFFFD' && (c >= ' ' || isSpace(c)));
    if (body.isEmpty() || body.startsWith("<") || !isText) {
      return "";
    }
    boolean isJson = body.startsWith("{") || body.startsWith("[");
    return cut(isJson ? body.replaceAll("\\s+", " ") : first(body));
  }

  private static String first(String body) {
    return body.lines().findFirst().orElse("").strip();
  }

  private static boolean isSpace(int c) {
    return c == '\n' || c == '\r' || c == '\t';
  }

  private static String cut(String line) {
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return line.substring(0, end) + "…";
  }
}
