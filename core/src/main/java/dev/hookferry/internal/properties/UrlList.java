package dev.hookferry.internal.properties;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The URLs of an event type in QLM's format: one string, separated by semicolons. */
final class UrlList {
  /** Problem with a list that is separated by commas. */
  static final String COMMA =
      "must be URLs separated by semicolons: a comma comes before another http:// or https://;"
          + " write a semicolon instead, or %2C if the comma is part of the URL";

  /** A comma before another URL; one may be part of a URL, but here it is likely a separator. */
  private static final Pattern SEPARATING_COMMA =
      Pattern.compile(",\\s*https?://", Pattern.CASE_INSENSITIVE);

  private UrlList() {}

  /** Returns the URLs in a list, without surrounding white space or empty entries. */
  static List<String> pieces(String text) {
    return Stream.of(text.split(";", -1)).map(String::strip).filter(u -> !u.isEmpty()).toList();
  }

  /** Returns whether an entry of a list is probably two URLs separated by a comma. */
  static boolean hasComma(String piece) {
    return SEPARATING_COMMA.matcher(piece).find();
  }
}
