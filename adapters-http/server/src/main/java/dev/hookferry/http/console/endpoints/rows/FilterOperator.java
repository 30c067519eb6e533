package dev.hookferry.http.console.endpoints.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A filter comparison in a row, with its operand as a user types it. */
public enum FilterOperator {
  IS("$eq", "is"),
  IS_NOT("$neq", "is not"),
  GREATER("$gt", "is greater than"),
  AT_LEAST("$gte", "is at least"),
  LESS("$lt", "is less than"),
  AT_MOST("$lte", "is at most"),
  ONE_OF("$in", "is one of"),
  NONE_OF("$nin", "is none of"),
  BEGINS("$startsWith", "begins with"),
  ENDS("$endsWith", "ends with"),
  CONTAINS("$contains", "contains"),
  EXISTS("$exists", "exists"),
  MISSING("$exists", "does not exist");

  private final String sign;
  private final String label;

  FilterOperator(String sign, String label) {
    this.sign = sign;
    this.label = label;
  }

  /** Returns the operator with the given code. */
  static Optional<FilterOperator> find(String code) {
    return Stream.of(values()).filter(one -> one.code().equals(code)).findFirst();
  }

  /** Returns its name in forms. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns its name in filters. */
  String sign() {
    return sign;
  }

  public String label() {
    return label;
  }

  /**
   * Returns a typed operand as JSON. Where a plain value is expected, numbers, {@code true}, {@code
   * false} and {@code null} are parsed as JSON values; quotation marks make them strings.
   *
   * @throws InvalidException if it is missing or its quotation marks are wrong
   */
  String operand(String typed) {
    if (this == EXISTS || this == MISSING) {
      return String.valueOf(this == EXISTS);
    }
    if (typed.isEmpty()) {
      throw InvalidException.of("filter", "must have a value; \"\" is the empty string");
    }
    return switch (this) {
      case ONE_OF, NONE_OF ->
          Stream.of(typed.split(",", -1))
              .map(one -> JsonText.value(one.strip()))
              .collect(Collectors.joining(",", "[", "]"));
      case BEGINS, ENDS, CONTAINS -> JsonText.text(typed);
      default -> JsonText.value(typed);
    };
  }

  /**
   * Returns the operand at a parser's position as a user would type it; empty if a row cannot
   * express it.
   */
  Optional<String> typed(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (this) {
      case EXISTS -> token == JsonToken.VALUE_TRUE ? Optional.of("") : Optional.empty();
      case MISSING -> token == JsonToken.VALUE_FALSE ? Optional.of("") : Optional.empty();
      case ONE_OF, NONE_OF -> token == JsonToken.START_ARRAY ? list(parser) : Optional.empty();
      case BEGINS, ENDS, CONTAINS ->
          token == JsonToken.VALUE_STRING
              ? Optional.of(JsonText.typedText(parser.getText()))
              : Optional.empty();
      default -> token.isScalarValue() ? Optional.of(JsonText.typed(parser)) : Optional.empty();
    };
  }

  private static Optional<String> list(JsonParser parser) throws IOException {
    List<String> typed = new ArrayList<>();
    boolean isFit = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      isFit &= parser.currentToken().isScalarValue();
      String one = isFit ? JsonText.typed(parser) : "";
      isFit &= !one.contains(",");
      typed.add(one);
      parser.skipChildren();
    }
    return isFit && !typed.isEmpty() ? Optional.of(String.join(", ", typed)) : Optional.empty();
  }
}
