package dev.hookferry.filter;

/**
 * Substring search in linear time (Knuth-Morris-Pratt), because {@link String#contains} takes
 * quadratic time on crafted strings.
 */
final class TextSearch {
  private final String wanted;

  /** The length of the longest proper prefix of {@link #wanted} that ends at each position. */
  private final int[] borders;

  TextSearch(String wanted) {
    this.wanted = wanted;
    borders = new int[wanted.length()];
    for (int i = 1, matched = 0; i < borders.length; i++) {
      matched = next(matched, wanted.charAt(i));
      borders[i] = matched;
    }
  }

  boolean isIn(String text) {
    if (wanted.isEmpty()) {
      return true;
    }
    int matched = 0;
    for (int i = 0; i < text.length(); i++) {
      matched = next(matched, text.charAt(i));
      if (matched == borders.length) {
        return true;
      }
    }
    return false;
  }

  private int next(int matched, char c) {
    int length = matched;
    while (length > 0 && wanted.charAt(length) != c) {
      length = borders[length - 1];
    }
    return wanted.charAt(length) == c ? length + 1 : 0;
  }
}
