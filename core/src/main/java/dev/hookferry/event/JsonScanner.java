package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reads the tokens of a JSON text one at a time and rejects malformed ones. */
final class JsonScanner {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private final String field;
  private final byte[] text;
  private int at;

  /** True once the current string has contained an escape. */
  private boolean escaped;

  /**
   * Creates a scanner at the first byte.
   *
   * @param field the name of the text in error messages
   */
  JsonScanner(String field, byte[] text) {
    this.field = field;
    this.text = text;
  }

  boolean isAtEnd() {
    return at == text.length;
  }

  /** Skips the next byte unconditionally. */
  void skip() {
    at++;
  }

  /** Reads a string, number or literal. */
  void scalar() {
    switch (peek()) {
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a JSON value");
    }
  }

  /** Reads a member name including its quotes. */
  void name() {
    int from = at;
    if (peek() != '"') {
      throw expected("a member name in double quotes");
    }
    escaped = false;
    string();
    if (at - from - 2 > JsonValidator.MAX_NAME) {
      at = from;
      throw refused(
          "must not contain a member name longer than " + JsonValidator.MAX_NAME + " bytes");
    }
    if (escaped) {
      requirePairs(from, at);
    }
  }

  /**
   * Rejects lone surrogates: common parsers accept them in string values but not in member names.
   */
  private void requirePairs(int from, int end) {
    for (int i = from; i < end; i++) {
      if (text[i] == '\\') {
        int unit = unit(i);
        boolean high = 0xd800 <= unit && unit < 0xdc00;
        int next = high ? unit(i + 6) : 0;
        if ((0xdc00 <= unit && unit < 0xe000) || (high && (next < 0xdc00 || next >= 0xe000))) {
          at = i;
          throw refused("must be valid JSON: a lone surrogate is in a member name");
        }
        i += high ? 11 : unit < 0 ? 1 : 5;
      }
    }
  }

  /** Returns the UTF-16 unit of an escape, or -1 if it is not a {@code \\u} escape. */
  private int unit(int escape) {
    if (text[escape] != '\\' || text[escape + 1] != 'u') {
      return -1;
    }
    return HexFormat.fromHexDigits(new String(text, escape + 2, 4, StandardCharsets.US_ASCII));
  }

  private void literal(String word) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw expected(word);
      }
    }
  }

  private void string() {
    at++;
    while (true) {
      skipPlain();
      int next = peek();
      if (next == '"') {
        at++;
        return;
      } else if (next == '\\') {
        escape();
      } else if (next < 0) {
        throw expected("the closing quote of a string");
      } else if (next < ' ') {
        throw refused("must be valid JSON: an unescaped control character is in a string");
      } else {
        int length = Utf8Sequence.length(text, at);
        if (length == 0) {
          throw refused("must be valid JSON in UTF-8: there is a byte that is not UTF-8");
        }
        at += length;
      }
    }
  }

  /** Skips to the next byte that is a quote, a backslash, a control character or not ASCII. */
  private void skipPlain() {
    int i = at;
    while (i + 8 <= text.length) {
      long eight = (long) EIGHT.get(text, i);
      long quotes = eight ^ '"' * ONES;
      long escapes = eight ^ '\\' * ONES;
      long special =
          ((eight - ' ' * ONES) & ~eight)
              | ((quotes - ONES) & ~quotes)
              | ((escapes - ONES) & ~escapes)
              | eight;
      special &= HIGH_BITS;
      if (special != 0) {
        // A borrow can wrongly mark bytes after the first match, but never the first match itself.
        at = i + (Long.numberOfTrailingZeros(special) >>> 3);
        return;
      }
      i += 8;
    }
    while (i < text.length && text[i] >= ' ' && text[i] != '"' && text[i] != '\\') {
      i++;
    }
    at = i;
  }

  private void escape() {
    escaped = true;
    at++;
    switch (peek()) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
      case 'u' -> {
        at++;
        for (int i = 0; i < 4; i++, at++) {
          if (!HexFormat.isHexDigit(peek())) {
            throw expected("four hexadecimal digits after \\u");
          }
        }
      }
      default -> throw expected("a JSON escape after a backslash");
    }
  }

  private void number() {
    final int from = at;
    if (peek() == '-') {
      at++;
    }
    int digits = 1;
    if (peek() == '0') {
      at++;
    } else {
      digits = digits();
    }
    if (peek() == '.') {
      at++;
      digits += digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      int before = at;
      digits += digits();
      requireModestExponent(from, before);
    }
    if (digits > JsonValidator.MAX_DIGITS) {
      at = from;
      throw refused(
          "must not contain a number of more than " + JsonValidator.MAX_DIGITS + " digits");
    }
  }

  /** Rejects huge exponents, which can exhaust the memory of an exact number parser. */
  private void requireModestExponent(int number, int exponent) {
    int first = exponent;
    while (first < at && text[first] == '0') {
      first++;
    }
    if (at - first > JsonValidator.MAX_EXPONENT_DIGITS) {
      at = number;
      throw refused("must not contain a number with an exponent beyond 99999");
    }
  }

  private int digits() {
    int from = at;
    while (at < text.length && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw expected("a digit");
    }
    return at - from;
  }

  void skipBlanks() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
      at++;
    }
  }

  /** Returns the next byte, or -1 at the end. */
  int peek() {
    return at < text.length ? text[at] & 0xff : -1;
  }

  InvalidException expected(String what) {
    String end = at < text.length ? "" : "; unexpected end of input";
    return refused("must be valid JSON: expected " + what + end);
  }

  InvalidException refused(String rule) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i < at; i++) {
      if (text[i] == '\n') {
        line++;
        begin = i + 1;
      }
    }
    String place = " at line " + line + ", column " + (at - begin + 1);
    return InvalidException.of(field, rule + place);
  }
}
