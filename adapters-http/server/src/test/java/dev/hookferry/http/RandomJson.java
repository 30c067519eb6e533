package dev.hookferry.http;

import java.util.Random;

/** Unusual but valid JSON: blanks everywhere, every escape, numbers of all forms. */
public final class RandomJson {
  private static final String[] BLANKS = {"", "", "", " ", "\n", "\t", "\r\n  "};
  private static final String[] NUMBERS = {
    "0", "-0", "1", "19999999999999999999", "1.10", "-0.0", "1e5", "1E-7", "2.50e+10", "1e99999"
  };
  private static final String[] PIECES = {
    "a",
    "data",
    "}",
    "]",
    "{",
    "[",
    ",",
    ":",
    " ",
    "é",
    "日本",
    "😀",
    "\u2028",
    "</script>",
    "/*",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b",
    "\\f",
    "\\n",
    "\\r",
    "\\t",
    "\\u0000",
    "\\ud83d\\ude00",
    "\\ud800"
  };

  private final Random random;

  public RandomJson(Random random) {
    this.random = random;
  }

  /** A value. */
  public String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> text();
      case 1 -> any(NUMBERS);
      case 2 -> "true";
      case 3 -> "false";
      case 4 -> "null";
      case 5 -> list(depth);
      default -> object(depth);
    };
  }

  /** Blanks, or nothing. */
  public String blanks() {
    return any(BLANKS);
  }

  private String list(int depth) {
    StringBuilder list = new StringBuilder("[").append(blanks());
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      list.append(i == 0 ? "" : "," + blanks()).append(value(depth - 1)).append(blanks());
    }
    return list.append(']').toString();
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{").append(blanks());
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      object.append(i == 0 ? "" : "," + blanks()).append(name()).append(blanks()).append(':');
      object.append(blanks()).append(value(depth - 1)).append(blanks());
    }
    return object.append('}').toString();
  }

  private String text() {
    return text(random.nextInt(20) == 0 ? 3_000 : 6);
  }

  private String text(int most) {
    StringBuilder text = new StringBuilder("\"");
    int size = random.nextInt(most);
    for (int i = 0; i < size; i++) {
      text.append(any(PIECES));
    }
    return text.append('"').toString();
  }

  /** Half of a character is possible in a text only: the parser makes no name of it. */
  private String name() {
    return text(6).replace("\\ud800", "");
  }

  private String any(String[] all) {
    return all[random.nextInt(all.length)];
  }
}
