package dev.hookferry.http.wire;

/** Rules for text that callers sent: how replies quote it, and which of it stores can keep. */
public final class CallerText {
  /** Reason given for text that {@link #canBeKept} rejects. */
  public static final String KEPT = "must be Unicode text without the character U+0000";

  private static final int MOST = 64;

  private CallerText() {}

  /**
   * Returns the text for use in a reply: shortened, without control characters that a terminal or
   * log viewer would interpret.
   */
  public static String text(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars().limit(MOST).forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : '?'));
    return text.length() > MOST ? shown.append('…').toString() : shown.toString();
  }

  /**
   * Returns whether every store can keep the text: no U+0000, which databases reject, and no
   * unpaired surrogates.
   */
  public static boolean canBeKept(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || (0xd800 <= c && c <= 0xdfff));
  }
}
