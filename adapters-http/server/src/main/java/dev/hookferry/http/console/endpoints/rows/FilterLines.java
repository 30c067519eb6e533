package dev.hookferry.http.console.endpoints.rows;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.text.PrettyJson;
import java.util.List;

/**
 * The filter of an endpoint for reading.
 *
 * @param conditions the conditions that all must hold; empty if they cannot be said one by one
 * @param json the filter as formatted JSON
 */
public record FilterLines(List<Clause> conditions, String json) {
  /**
   * A condition, such as {@code plan is one of pro, team}.
   *
   * @param path the field of the data
   * @param operator the comparison as text
   * @param value what the field is compared with; empty if it only has to exist or be missing
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
