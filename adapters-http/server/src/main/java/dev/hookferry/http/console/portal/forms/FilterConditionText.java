package dev.hookferry.http.console.portal.forms;

import dev.hookferry.http.console.endpoints.rows.FilterOperator;
import dev.hookferry.http.console.endpoints.rows.FilterRows;
import dev.hookferry.http.words.Words;
import java.util.List;

/**
 * A condition of a filter as text, such as {@code order.total is greater than 100}.
 *
 * @param path the field of the data
 * @param operator the comparison as text
 * @param value the operand; empty if the field only has to exist or be missing
 */
public record FilterConditionText(String path, String operator, String value) {
  /**
   * Returns the conditions of a filter, all of which must hold; empty if they cannot be listed one
   * by one.
   *
   * @param filter as JSON; may be empty
   */
  public static List<FilterConditionText> of(String filter, Words words) {
    return FilterRows.of(filter).rows().stream()
        .map(row -> new FilterConditionText(row.path(), operator(row, words), row.value()))
        .toList();
  }

  /** Returns the fields that must be missing. */
  static List<String> missing(String filter) {
    return FilterRows.of(filter).rows().stream()
        .filter(row -> row.operator().equals(FilterOperator.MISSING.code()))
        .map(FilterRows.Row::path)
        .toList();
  }

  private static String operator(FilterRows.Row row, Words words) {
    return words.text("operator." + row.operator().replace('_', '-'));
  }

  /** Returns the condition as plain text. */
  public String text() {
    return value.isEmpty() ? path + " " + operator : path + " " + operator + " " + value;
  }
}
