package dev.hookferry.delivery;

/** Text from outside, made such that every log can keep and show it. */
final class LogText {
  private static final int REPLACEMENT = 0xFFFD;

  private LogText() {}

  /**
   * Cuts a text to so many UTF-16 units, never through a character, and puts replacement characters
   * in the place of control characters and of halves of characters.
   */
  static String clean(String text, int max) {
    if (isClean(text, max)) {
      return text;
    }
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || isHalf(c) ? REPLACEMENT : c)
        .takeWhile(c -> clean.length() + Character.charCount(c) <= max)
        .forEachOrdered(clean::appendCodePoint);
    return clean.toString();
  }

  /** What nearly every text is, seen without garbage. */
  private static boolean isClean(String text, int max) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i)) || Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return text.length() <= max;
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }
}
