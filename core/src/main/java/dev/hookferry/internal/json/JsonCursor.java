package dev.hookferry.internal.json;

import java.nio.charset.StandardCharsets;

/**
 * A position in a JSON text that {@link dev.hookferry.event.JsonValidator} has accepted. Does not
 * validate the text again, but terminates on any text.
 */
public final class JsonCursor {
  private final byte[] text;
  private int at;

  /** Creates a cursor at the first byte. */
  public JsonCursor(byte[] text) {
    this(text, 0);
  }

  /** Creates a cursor at the byte with this index. */
  public JsonCursor(byte[] text, int at) {
    this.text = text;
    this.at = at;
  }

  /** Returns the whole text; the caller must not change it. */
  public byte[] text() {
    return text;
  }

  /** Returns the index of the next byte. */
  public int at() {
    return at;
  }

  /** Skips whitespace and returns the next byte without consuming it. */
  public int peek() {
    while (at < text.length) {
      byte next = text[at];
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return next;
      }
      at++;
    }
    throw cut();
  }

  /** Skips the next byte unconditionally. */
  public void skip() {
    at++;
  }

  /** Skips whitespace, and the next byte if it is the given one; returns whether it was. */
  public boolean skipIf(char wanted) {
    boolean found = peek() == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  /** Reads the name of a member and the colon after it. */
  public String name() {
    var unused = peek();
    int from = at;
    skipString();
    String name = decode(text, from + 1, at - 1);
    if (!skipIf(':')) {
      throw malformed();
    }
    return name;
  }

  /** Skips a value. */
  public void skipValue() {
    switch (peek()) {
      case '"' -> skipString();
      case '{', '[' -> {
        at++;
        skipContainer();
      }
      default -> skipWord();
    }
  }

  /** Skips the rest of the current object or array. */
  public void skipContainer() {
    int depth = 1;
    while (depth > 0) {
      if (at >= text.length) {
        throw cut();
      }
      switch (text[at]) {
        case '"' -> skipString();
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    }
  }

  private void skipString() {
    at++;
    while (at < text.length) {
      byte next = text[at];
      if (next == '"') {
        at++;
        return;
      }
      at += next == '\\' ? 2 : 1;
    }
    throw cut();
  }

  /** Skips a number, true, false or null. */
  private void skipWord() {
    int from = at;
    while (at < text.length && ",}] \n\r\t".indexOf(text[at]) < 0) {
      at++;
    }
    if (at == from) {
      throw malformed();
    }
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("the JSON text is malformed");
  }

  private static IllegalArgumentException cut() {
    return new IllegalArgumentException("the JSON text ends too soon");
  }

  /** Returns the decoded content of a string, given its range without the quotes. */
  public static String decode(byte[] json, int from, int to) {
    int escape = from;
    while (escape < to && json[escape] != '\\') {
      escape++;
    }
    return escape == to ? plain(json, from, to) : unescaped(json, from, to);
  }

  private static String plain(byte[] json, int from, int to) {
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] json, int from, int to) {
    StringBuilder decoded = new StringBuilder(to - from);
    int begin = from;
    int i = from;
    while (i < to) {
      if (json[i] != '\\') {
        i++;
        continue;
      }
      decoded.append(plain(json, begin, i));
      char kind = (char) json[i + 1];
      i += 2;
      if (kind == 'u') {
        decoded.append((char) Integer.parseInt(plain(json, i, i + 4), 16));
        i += 4;
      } else {
        int known = "bfnrt".indexOf(kind);
        decoded.append(known < 0 ? kind : "\b\f\n\r\t".charAt(known));
      }
      begin = i;
    }
    return decoded.append(plain(json, begin, to)).toString();
  }
}
