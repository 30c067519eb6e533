package dev.hookferry.filter;

import dev.hookferry.internal.json.Decimal;
import dev.hookferry.internal.json.JsonCursor;
import dev.hookferry.internal.json.JsonType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a payload, with the members that filters refer to. Decodes strings and numbers on
 * first use. Not thread-safe.
 */
final class PayloadValue {
  /** The value at a path that does not exist. */
  static final PayloadValue MISSING = new PayloadValue(JsonType.MISSING, new byte[0], 0, 0);

  private static final int MAX_SHOWN = 200;

  private final JsonType kind;
  private final byte[] json;
  private final int from;
  private final int to;
  private final List<PayloadValue> elements;
  private final Members members;
  private @Nullable Object key;

  /** Creates a scalar, an object without wanted members, or {@link #MISSING}. */
  PayloadValue(JsonType kind, byte[] json, int from, int to) {
    this(kind, json, from, to, List.of(), Members.NONE);
  }

  private PayloadValue(
      JsonType kind, byte[] json, int from, int to, List<PayloadValue> elements, Members members) {
    this.kind = kind;
    this.json = json;
    this.from = from;
    this.to = to;
    this.elements = elements;
    this.members = members;
  }

  /** Returns a copy as an object with the given members. */
  PayloadValue withMembers(Members found) {
    return new PayloadValue(JsonType.OBJECT, json, from, to, List.of(), found);
  }

  /** Returns a copy as an array with the given elements, nested arrays flattened. */
  PayloadValue withElements(List<PayloadValue> all) {
    return new PayloadValue(JsonType.ARRAY, json, from, to, all, Members.NONE);
  }

  JsonType kind() {
    return kind;
  }

  /** Returns whether this is a single value to compare: neither missing nor an array. */
  boolean isComparable() {
    return kind != JsonType.MISSING && kind != JsonType.ARRAY;
  }

  /** Returns its size in the payload, in bytes. */
  int size() {
    return to - from;
  }

  PayloadValue member(String name) {
    return members.get(name);
  }

  /** Returns the elements of an array; empty for other kinds. */
  List<PayloadValue> elements() {
    return elements;
  }

  /**
   * Returns whether this value meets a condition; if a non-empty array, whether an element does.
   */
  boolean meets(Condition condition, Steps steps) {
    if (kind != JsonType.ARRAY || elements.isEmpty()) {
      return condition.isMetBy(this, steps);
    }
    for (PayloadValue element : elements) {
      steps.element();
      if (condition.isMetBy(element, steps)) {
        return true;
      }
    }
    return false;
  }

  /** Explains why this value does not meet a condition; null if it does. */
  @Nullable FilterMismatch explain(String path, Condition condition, Steps steps) {
    if (kind != JsonType.ARRAY || elements.isEmpty()) {
      return condition.explain(path, this, this, steps);
    }
    return meets(condition, steps) ? null : condition.explain(path, elements.get(0), this, steps);
  }

  /** Returns the equality key: two values are equal if their keys are. */
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

  /** Returns the value as written, at most 200 characters and an ellipsis; null if missing. */
  @Nullable String source() {
    return kind == JsonType.MISSING ? null : cut(json, from, to, MAX_SHOWN);
  }

  /** Decodes a part of a text, truncated to {@code max} characters and an ellipsis. */
  static String cut(byte[] json, int from, int to, int max) {
    // A character has at most four bytes, so this never decodes a whole payload.
    int end = Math.min(to, from + 4 * max + 4);
    String text = new String(json, from, end - from, StandardCharsets.UTF_8);
    if (text.length() <= max) {
      return text;
    }
    int length = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, length) + "…";
  }
}
