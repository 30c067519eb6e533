package dev.hookferry.http.wire;

/** Rules for text sent by callers: how replies quote it, and which text stores can keep. */
public final class CallerText {
  /** Reason given for text that {@link #canBeKept} rejects. */
  public static final String KEPT = "must be Unicode text without the character U+0000";

  private static final int MAX = 64;

  private CallerText() {}

  /**
   * Returns the text for use in a reply: shortened, and with question marks in place of spaces and
   * of characters that a terminal or log viewer would interpret, or not show.
   */
  public static String text(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(MAX).forEach(c -> shown.appendCodePoint(isShown(c) ? c : '?'));
    return text.codePoints().count() > MAX ? shown.append('…').toString() : shown.toString();
  }

  /**
   * Returns whether to show a character: invisible ones could make a reply look like another one.
   */
  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /**
   * Returns whether every store can keep the text: no U+0000, which databases reject, and no
   * unpaired surrogates.
   */
  public static boolean canBeKept(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (0xd800 <= c && c <= 0xdfff));
  }
}
