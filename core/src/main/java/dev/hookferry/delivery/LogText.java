package dev.hookferry.delivery;

/** Text from outside, made such that every log can keep and show it. */
final class LogText {
  private static final int REPLACEMENT = 0xFFFD;
  private static final int NO_CHARACTER = -1;

  private LogText() {}

  /**
   * Cuts a text to so many UTF-16 units, never through a character, and puts replacement characters
   * in the place of control characters and of halves of characters.
   */
  static String clean(String text, int max) {
    return clean(text, max, NO_CHARACTER);
  }

  /** The same, but line feeds stay. */
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

  /** What nearly every text is, seen without garbage. */
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
