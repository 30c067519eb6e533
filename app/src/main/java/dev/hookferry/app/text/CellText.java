package dev.hookferry.app.text;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Shortens the text of a cell by its least distinctive part. */
final class CellText {
  private static final String SCHEME_END = "://";
  private static final Pattern URL = Pattern.compile("[a-z]+" + SCHEME_END + "\\S*");
  private static final Pattern ADDRESS = Pattern.compile("[^\\s/]+[.:][^\\s/]+/\\S*");
  private static final Pattern ID = Pattern.compile("[a-z]{2,3}_[0-9a-z]{26}");

  /** Maximum length of a name: that of a UUID. */
  private static final int MAX_NAME_LENGTH = 36;

  private CellText() {}

  static boolean isUrl(String cell) {
    return URL.matcher(cell).matches();
  }

  static boolean isId(String cell) {
    return ID.matcher(cell).matches();
  }

  /** Returns the length that names among ids need: no command accepts a truncated name. */
  static int longestName(Stream<String> cells) {
    return cells
        .filter(cell -> !isId(cell))
        .mapToInt(cell -> Math.min(Table.length(cell), MAX_NAME_LENGTH))
        .reduce(0, Math::max);
  }

  /** Returns whether a cell is a host with a path, as in a URL without its scheme. */
  static boolean isAddress(String cell) {
    return ADDRESS.matcher(cell).matches();
  }

  /** Returns the length of a state without its reason. */
  static int word(String state) {
    int colon = state.indexOf(':');
    return colon < 0 ? Table.length(state) : colon + 1;
  }

  /** Returns a URL without its scheme. */
  static String withoutScheme(String url) {
    return url.substring(url.indexOf(SCHEME_END) + SCHEME_END.length());
  }

  /** Returns a URL, without its middle if it is too long. */
  static String ofUrl(String url, int width) {
    return Table.length(url) <= width ? url : middle(url, width / 2, width);
  }

  /** Shortens a cell that is too long: an id or address in its middle, anything else at its end. */
  static String cut(String cell, int width) {
    if (Table.length(cell) <= width) {
      return cell;
    }
    if (isAddress(cell)) {
      return ofUrl(cell, width);
    }
    return isId(cell)
        ? middle(cell, cell.indexOf('_') + 1, width)
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** Replaces the middle of a string, after {@code head} characters, with an ellipsis. */
  private static String middle(String text, int head, int width) {
    return text.substring(0, text.offsetByCodePoints(0, head))
        + "…"
        + text.substring(text.offsetByCodePoints(text.length(), -(width - 1 - head)));
  }
}
