package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;

/**
 * Checks in a single pass, without building a tree, that bytes are exactly one JSON value: RFC 8259
 * without extensions, in UTF-8, within limits that protect receivers' parsers. Whitespace around
 * the value is allowed. Single use; not thread-safe.
 */
public final class JsonValidator {
  /** The maximum nesting of objects and arrays. */
  public static final int MAX_DEPTH = 100;

  /** The maximum number of digits of a number. */
  public static final int MAX_DIGITS = 1_000;

  /** The maximum number of digits of an exponent, not counting leading zeros. */
  public static final int MAX_EXPONENT_DIGITS = 5;

  /** The maximum length of a member name in bytes, as written. */
  public static final int MAX_NAME = 4_096;

  private final JsonScanner scanner;

  /** For each open container, outermost first, whether it is an object rather than an array. */
  private final boolean[] objects = new boolean[MAX_DEPTH];

  private int depth;

  private JsonValidator(JsonScanner scanner) {
    this.scanner = scanner;
  }

  /**
   * Checks that the payload is one JSON value.
   *
   * @param field its name in error messages
   * @throws InvalidException with the violated rule, line and column (in bytes, from 1); never
   *     quotes the content
   */
  public static void require(String field, Payload json) {
    Objects.requireNonNull(json, "json");
    new JsonValidator(new JsonScanner(field, json.unsafeBytes())).whole();
  }

  private void whole() {
    value();
    while (depth > 0) {
      scanner.skipBlanks();
      boolean object = objects[depth - 1];
      int next = scanner.peek();
      if (next == (object ? '}' : ']')) {
        scanner.skip();
        depth--;
      } else if (next == ',') {
        scanner.skip();
        if (object) {
          name();
        }
        value();
      } else {
        throw scanner.expected(
            object ? "',' or '}' after a member" : "',' or ']' after an element");
      }
    }
    scanner.skipBlanks();
    if (!scanner.isAtEnd()) {
      throw scanner.refused("must end after the first JSON value; more text follows");
    }
  }

  /** Opens nested containers down to a scalar or an empty container, and reads that. */
  private void value() {
    while (true) {
      scanner.skipBlanks();
      int next = scanner.peek();
      if (next != '{' && next != '[') {
        scanner.scalar();
        return;
      }
      boolean object = next == '{';
      if (opened(object)) {
        return;
      }
      if (object) {
        name();
      }
    }
  }

  /** Opens a container; returns whether it is empty and has been closed again. */
  private boolean opened(boolean object) {
    if (depth == MAX_DEPTH) {
      throw scanner.refused("must be nested at most " + MAX_DEPTH + " levels deep; exceeded");
    }
    scanner.skip();
    scanner.skipBlanks();
    if (scanner.peek() == (object ? '}' : ']')) {
      scanner.skip();
      return true;
    }
    objects[depth++] = object;
    return false;
  }

  private void name() {
    scanner.skipBlanks();
    scanner.name();
    scanner.skipBlanks();
    if (scanner.peek() != ':') {
      throw scanner.expected("':' after a member name");
    }
    scanner.skip();
  }
}
