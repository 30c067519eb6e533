package dev.hookferry.internal.properties;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The URLs of an event type as QLM writes them: in one text, separated by semicolons. */
final class UrlList {
  /** The problem of a list that is separated by commas. */
  static final String COMMA =
      "must be URLs separated by semicolons: a comma comes before another http:// or https://;"
          + " write a semicolon instead, or %2C if the comma is part of the URL";

  /** A URL may contain commas; before another URL, one is far more likely a separator. */
  private static final Pattern SEPARATING_COMMA =
      Pattern.compile(",\\s*https?://", Pattern.CASE_INSENSITIVE);

  private UrlList() {}

  /** Returns the URLs of a list, without surrounding white space and empty entries. */
  static List<String> pieces(String text) {
    return Stream.of(text.split(";", -1)).map(String::strip).filter(u -> !u.isEmpty()).toList();
  }

  /** Returns whether an entry of a list is probably two, with a comma in between. */
  static boolean hasComma(String piece) {
    return SEPARATING_COMMA.matcher(piece).find();
  }
}
