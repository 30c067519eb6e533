package dev.hookferry.http.wire;

/** Texts of callers: in our answers, and in the store. */
public final class CallerText {
  /** What {@link #canBeKept} asks for. */
  public static final String KEPT = "must be Unicode text without the character U+0000";

  private static final int MOST = 64;

  private CallerText() {}

  /** A text in an answer: short, and nothing in it that a terminal or log would obey. */
  public static String text(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().limit(MOST).forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : '?'));
    return text.length() > MOST ? shown.append('…').toString() : shown.toString();
  }

  /** Whether every store can keep it: no zero, which databases refuse, and no half characters. */
  public static boolean canBeKept(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (0xd800 <= c && c <= 0xdfff));
  }
}
