package dev.hookferry.http.console.endpoints.rows;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.text.PrettyJson;
import java.util.List;

/**
 * The filter of an endpoint as text to read.
 *
 * @param conditions the conditions, all of which must hold; empty if the filter cannot be split
 *     into conditions
 * @param json the filter as formatted JSON
 */
public record FilterLines(List<Clause> conditions, String json) {
  /**
   * A condition, such as {@code plan is one of pro, team}.
   *
   * @param path the field of the data
   * @param operator the comparison as text
   * @param value the value to compare with; empty if the condition is only that the field exists or
   *     is missing
   */
  public record Clause(String path, String operator, String value) {}

  /** Returns the lines of a filter in JSON. */
  public static FilterLines of(String filter) {
    return new FilterLines(
        FilterRows.of(filter).rows().stream().map(FilterLines::condition).toList(),
        PrettyJson.of(Payload.of(filter)));
  }

  private static Clause condition(FilterRows.Row row) {
    String operator = FilterOperator.find(row.operator()).orElseThrow().label();
    return new Clause(row.path(), operator, row.value());
  }
}
