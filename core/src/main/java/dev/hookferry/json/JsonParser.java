package dev.hookferry.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parser for a single JSON object (RFC 8259): no repeated names, at most 20 levels, and no
 * fractions, exponents or null unless it is lenient. Error messages give the position but never the
 * text, which may hold secrets.
 */
final class JsonParser {
  private static final int DEEPEST = 20;
  private static final int MAX_NUMBER_LENGTH = 30;

  /** Placeholder for null in lenient mode. */
  private static final Object NULL = new Object();

  private final String text;
  private final boolean lenient;
  private int at;
  private int depth;

  private JsonParser(String text, boolean lenient) {
    this.text = text;
    this.lenient = lenient;
  }

  /**
   * Parses a string that is a single object.
   *
   * @return members by name, in their order: String, Long, Boolean, List or Map
   * @throws IllegalArgumentException if it is anything else
   */
  static Map<String, Object> parse(String text) {
    return parse(new JsonParser(text, false));
  }

  /** Parses an object from another program: omits null members, and truncates fractions. */
  static Map<String, Object> lenient(String text) {
    return parse(new JsonParser(text, true));
  }

  private static Map<String, Object> parse(JsonParser parser) {
    parser.blanks();
    parser.expect('{');
    Map<String, Object> members = parser.object();
    parser.blanks();
    if (parser.at < parser.text.length()) {
      throw parser.wrong("something follows the closing }");
    }
    return members;
  }

  /** Reads the members of an object whose opening brace has been read. */
  private Map<String, Object> object() {
    enter();
    Map<String, Object> members = new LinkedHashMap<>();
    if (!ends('}')) {
      do {
        blanks();
        expect('"');
        String name = string();
        blanks();
        expect(':');
        Object value = value();
        if (value != NULL && members.put(name, value) != null) {
          throw wrong("a name appears twice");
        }
      } while (hasMore('}'));
    }
    depth--;
    return members;
  }

  private List<Object> array() {
    enter();
    List<Object> items = new ArrayList<>();
    if (!ends(']')) {
      do {
        items.add(value());
      } while (hasMore(']'));
    }
    depth--;
    return items;
  }

  private void enter() {
    depth++;
    if (depth > DEEPEST) {
      throw wrong("it is nested too deeply");
    }
  }

  private Object value() {
    blanks();
    char first = next();
    return switch (first) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> nothing();
      default -> lenient ? anyNumber() : number();
    };
  }

  private Object nothing() {
    if (!lenient) {
      throw wrong("null is not allowed here");
    }
    return word("null", NULL);
  }

  /** Reads a number and truncates its fraction. */
  private Long anyNumber() {
    int start = at - 1;
    while (at < text.length()
        && (isDigit(text.charAt(at)) || "+-.eE".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.length() > MAX_NUMBER_LENGTH
        || !digits.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw wrong("a value is expected");
    }
    return (long) Double.parseDouble(digits);
  }

  private <T> T word(String word, T value) {
    if (!text.startsWith(word, at - 1)) {
      throw wrong("a value is expected");
    }
    at += word.length() - 1;
    return value;
  }

  private Long number() {
    int start = at - 1;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(start, at);
    if (!digits.matches("-?(0|[1-9][0-9]{0,17})")) {
      throw wrong("a value is expected: a string, a whole number, true, false, [ or {");
    }
    return Long.valueOf(digits);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Reads the rest of a string whose opening quotation mark has been read. */
  private String string() {
    int end = at;
    while (end < text.length() && text.charAt(end) >= ' ' && text.charAt(end) != '\\') {
      if (text.charAt(end) == '"') {
        String plain = text.substring(at, end);
        at = end + 1;
        return plain;
      }
      end++;
    }
    return escaped();
  }

  private String escaped() {
    StringBuilder out = new StringBuilder();
    char c = next();
    while (c != '"') {
      if (c < ' ') {
        throw wrong("a string has a control character");
      }
      out.append(c == '\\' ? escape() : c);
      c = next();
    }
    return out.toString();
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("a string has an unknown escape");
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw wrong("a string has an unknown escape");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private boolean ends(char end) {
    blanks();
    if (at < text.length() && text.charAt(at) == end) {
      at++;
      return true;
    }
    return false;
  }

  private boolean hasMore(char end) {
    blanks();
    char c = next();
    if (c != ',' && c != end) {
      throw wrong(", or " + end + " is expected");
    }
    return c == ',';
  }

  private void expect(char expected) {
    if (next() != expected) {
      throw wrong(expected + " is expected");
    }
  }

  private char next() {
    if (at >= text.length()) {
      at++;
      throw wrong("it ends too early");
    }
    return text.charAt(at++);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("it is not JSON: " + what + " at character " + at);
  }
}
