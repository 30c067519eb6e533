package dev.hookferry.body;

import dev.hookferry.event.Payload;
import dev.hookferry.internal.json.Decimal;
import dev.hookferry.internal.json.JsonCursor;
import dev.hookferry.internal.json.JsonType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON value that a template computes with, as a slice of valid JSON. Immutable. */
final class TemplateValue {
  static final TemplateValue NULL = of("null");
  private static final TemplateValue TRUE = of("true");
  private static final TemplateValue FALSE = of("false");

  private final JsonType kind;
  private final byte[] json;
  private final int from;
  private final int to;

  private TemplateValue(JsonType kind, byte[] json, int from, int to) {
    this.kind = kind;
    this.json = json;
    this.from = from;
    this.to = to;
  }

  /** Creates a value from a slice without surrounding whitespace. */
  static TemplateValue of(byte[] json, int from, int to) {
    return new TemplateValue(JsonType.of(json[from]), json, from, to);
  }

  static TemplateValue of(Payload json) {
    return of(json.unsafeBytes(), 0, json.size());
  }

  static TemplateValue of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Creates a number from its JSON text. */
  static TemplateValue ofNumber(String number) {
    return of(number);
  }

  static TemplateValue ofText(String text) {
    return of(Payload.wrap(JsonBuffer.quoted(text)));
  }

  private static TemplateValue of(String json) {
    return of(Payload.of(json));
  }

  JsonType kind() {
    return kind;
  }

  boolean isNull() {
    return kind == JsonType.NULL;
  }

  /** Returns whether {@code $if} takes the first branch for it. */
  boolean isTruthy() {
    return kind != JsonType.NULL
        && kind != JsonType.FALSE
        && !(kind == JsonType.TEXT && size() == 2);
  }

  /** Returns its size as JSON in bytes. */
  int size() {
    return to - from;
  }

  /** Returns the content of a string, or the JSON text of another value; null for JSON null. */
  @Nullable String text() {
    return switch (kind) {
      case NULL -> null;
      case TEXT -> JsonCursor.decode(json, from + 1, to - 1);
      default -> new String(json, from, to - from, StandardCharsets.UTF_8);
    };
  }

  /** Returns the elements of an array. */
  List<TemplateValue> elements() {
    List<TemplateValue> elements = new ArrayList<>();
    JsonCursor in = new JsonCursor(json, from + 1);
    while (!in.skipIf(']')) {
      elements.add(next(in));
      var unused = in.skipIf(',');
    }
    return elements;
  }

  /** Reads the next value. */
  static TemplateValue next(JsonCursor in) {
    var unused = in.peek();
    int begin = in.at();
    in.skipValue();
    return of(in.text(), begin, in.at());
  }

  /** Returns a cursor at its first byte. */
  JsonCursor cursor() {
    return new JsonCursor(json, from);
  }

  void write(JsonBuffer out) {
    out.json(json, from, to);
  }

  /** Returns whether both have the same kind and content; numbers are compared by value. */
  boolean isSame(TemplateValue other) {
    if (kind != other.kind) {
      return false;
    }
    return switch (kind) {
      case TEXT -> JsonCursor.decode(json, from + 1, to - 1).equals(other.text());
      case NUMBER ->
          Decimal.parse(json, from, to).equals(Decimal.parse(other.json, other.from, other.to));
      default -> Arrays.equals(json, from, to, other.json, other.from, other.to);
    };
  }
}
