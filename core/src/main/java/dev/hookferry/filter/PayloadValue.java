package dev.hookferry.filter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a payload, with those of its members that a filter names. Texts and numbers are
 * decoded at first use. Not thread-safe.
 */
final class PayloadValue {
  /** What the path of a condition leads to if there is nothing. */
  static final PayloadValue MISSING = new PayloadValue(Kind.MISSING, new byte[0], 0, 0);

  private static final int MAX_SHOWN = 200;

  private final Kind kind;
  private final byte[] json;
  private final int from;
  private final int to;
  private final @Nullable WantedFields wanted;
  private final List<PayloadValue> children;
  private @Nullable Object key;

  /** A scalar, an object without wanted members, or nothing. */
  PayloadValue(Kind kind, byte[] json, int from, int to) {
    this(kind, json, from, to, List.of(), null);
  }

  private PayloadValue(
      Kind kind,
      byte[] json,
      int from,
      int to,
      List<PayloadValue> children,
      @Nullable WantedFields wanted) {
    this.kind = kind;
    this.json = json;
    this.from = from;
    this.to = to;
    this.children = children;
    this.wanted = wanted;
  }

  enum Kind {
    MISSING,
    NULL,
    TRUE,
    FALSE,
    NUMBER,
    TEXT,
    OBJECT,
    ARRAY
  }

  /** Returns an object with its wanted members, in their order; those it lacks are missing. */
  PayloadValue withMembers(WantedFields fields, List<PayloadValue> members) {
    return new PayloadValue(Kind.OBJECT, json, from, to, members, fields);
  }

  /** Returns an array with its elements, and those of arrays in it. */
  PayloadValue withElements(List<PayloadValue> elements) {
    return new PayloadValue(Kind.ARRAY, json, from, to, elements, null);
  }

  Kind kind() {
    return kind;
  }

  /** Whether there is a single value to compare: something, but no array. */
  boolean isComparable() {
    return kind != Kind.MISSING && kind != Kind.ARRAY;
  }

  PayloadValue member(String name) {
    WantedFields field = wanted == null ? null : wanted.field(name);
    return field == null || children.isEmpty() ? MISSING : children.get(field.index());
  }

  /** Returns the elements of an array. */
  List<PayloadValue> elements() {
    return children;
  }

  /** Whether this value, or one element if it is an array with any, meets a condition. */
  boolean meets(Condition condition) {
    if (kind != Kind.ARRAY || children.isEmpty()) {
      return condition.isMetBy(this);
    }
    for (PayloadValue element : children) {
      if (condition.isMetBy(element)) {
        return true;
      }
    }
    return false;
  }

  /** Explains why this value does not meet a condition; null if it does. */
  @Nullable FilterMismatch explain(String path, Condition condition) {
    if (kind != Kind.ARRAY || children.isEmpty()) {
      return condition.explain(path, this, this);
    }
    return meets(condition) ? null : condition.explain(path, children.get(0), this);
  }

  /** Returns what values are equal by: two values are equal if their keys are. */
  Object key() {
    if (key == null) {
      key =
          switch (kind) {
            case TEXT -> JsonCursor.decode(json, from + 1, to - 1);
            case NUMBER -> Decimal.parse(json, from, to);
            default -> kind;
          };
    }
    return key;
  }

  /** Returns the value as written, cut if it is long; null if there is none. */
  @Nullable String source() {
    return kind == Kind.MISSING ? null : cut(json, from, to, MAX_SHOWN);
  }

  /** Returns a part of a text, at most {@code max} characters and an ellipsis. */
  static String cut(byte[] json, int from, int to, int max) {
    // A character has at most four bytes, so that this never decodes a whole payload.
    int end = Math.min(to, from + 4 * max + 4);
    String text = new String(json, from, end - from, StandardCharsets.UTF_8);
    if (text.length() <= max) {
      return text;
    }
    int length = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, length) + "…";
  }
}
