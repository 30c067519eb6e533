package dev.hookferry.delivery;

/** Sanitizes text from outside so that any log can store and show it. */
final class LogText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int NO_CHARACTER = -1;

  private LogText() {}

  /**
   * Truncates a string to {@code max} UTF-16 units without splitting a surrogate pair, and replaces
   * control characters and lone surrogates with U+FFFD.
   */
  static String clean(String text, int max) {
    return clean(text, max, NO_CHARACTER);
  }

  /** Sanitizes a string as {@link #clean} does, but keeps line feeds. */
  static String cleanLines(String text, int max) {
    return clean(text, max, '\n');
  }

  private static String clean(String text, int max, int allowed) {
    if (isClean(text, max, allowed)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> c != allowed && (Character.isISOControl(c) || isHalf(c)) ? REPLACEMENT : c)
        .takeWhile(c -> clean.length() + Character.charCount(c) <= max)
        .forEachOrdered(clean::appendCodePoint);
    return clean.toString();
  }

  /** Returns whether a text needs no change, without allocating: nearly all texts are clean. */
  private static boolean isClean(String text, int max, int allowed) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != allowed && (Character.isISOControl(c) || Character.isSurrogate(c))) {
        return false;
      }
    }
    return text.length() <= max;
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
