package dev.hookferry.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Escapes untrusted text for output on one line. */
public final class LineText {
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:@%+,#*-]+");

  /** Maximum number of characters that {@link #start} returns, unless a word is longer. */
  private static final int START = 80;

  private LineText() {}

  /** Returns a plain word unchanged, anything else quoted and escaped. */
  public static String value(String text) {
    if (BARE.matcher(text).matches()) {
      return text;
    }
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + printable(quoted) + '"';
  }

  /** Escapes control, formatting and bidirectional characters. */
  public static String printable(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                  if (isUnseen(c)) {
                    line.append(String.format("\\u%04x", c));
                  } else {
                    line.appendCodePoint(c);
                  }
                }
              }
            });
    return line.toString();
  }

  /** Returns the first words of a text, which may have several lines, on one line. */
  public static String start(String text) {
    return wrapped(text.replaceAll("\\s+", " "), START).get(0);
  }

  /** Returns a text as lines of at most this many characters, unless a word is longer. */
  public static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static boolean isUnseen(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
