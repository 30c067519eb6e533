package dev.hookferry.http.console.endpoints.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The filter in an endpoint's form: conditions that must all hold, one per row, or else JSON, which
 * can express more.
 *
 * @param rows the conditions
 * @param json the filter as JSON; blank if it is typed as rows
 * @param original the filter from which the rows were read; kept unchanged if the rows are
 *     unchanged
 */
public record FilterRows(List<Row> rows, String json, String original) {
  /** A form without a filter. */
  public static final FilterRows NONE = new FilterRows(List.of(), "", "");

  private static final String KIND = "filter";
  private static final String FIELD = "filter";
  private static final JsonFactory JSON = new JsonFactory();

  public FilterRows {
    rows = List.copyOf(rows);
  }

  /**
   * A condition.
   *
   * @param path the path of a field of the data
   * @param operator a code of {@link FilterOperator}
   * @param value the operand, as typed
   */
  public record Row(String path, String operator, String value) {
    static final Row BLANK = new Row("", FilterOperator.IS.code(), "");

    private boolean isBlank() {
      return path.isEmpty() && value.isEmpty();
    }
  }

  /** Returns the form of a filter, as rows if they can express it. */
  public static FilterRows of(String text) {
    return read(text)
        .map(rows -> new FilterRows(rows, "", text))
        .orElseGet(() -> new FilterRows(List.of(), text, ""));
  }

  /**
   * Returns the submitted filter, with its rows converted to JSON if the button for that was
   * pressed.
   */
  public static FilterRows of(FormValues form) {
    List<Row> rows =
        FormRows.of(
            form,
            KIND,
            number ->
                new Row(
                    form.text("filter-path-" + number),
                    form.text("filter-operator-" + number),
                    form.text("filter-value-" + number)),
            Row.BLANK);
    FilterRows typed = new FilterRows(rows, form.raw(FIELD).strip(), form.raw("filter-was"));
    return isWritten(form) && typed.problems().isEmpty()
        ? new FilterRows(List.of(), typed.text(), "")
        : typed;
  }

  /** Returns whether the button that converts the rows to JSON was pressed. */
  public static boolean isWritten(FormValues form) {
    return form.text(FormRows.BUTTON).equals("filter-json");
  }

  /** Returns the rows to show: a blank one to type into if there are none. */
  public List<Row> shown() {
    return FormRows.shown(rows, Row.BLANK);
  }

  /** Returns whether no condition is typed. */
  public boolean isEmpty() {
    return json.isBlank() && !hasRows();
  }

  /** Returns whether a condition is typed in a row. */
  public boolean hasRows() {
    return !filled().isEmpty();
  }

  private List<Row> filled() {
    return rows.stream().filter(row -> !row.isBlank()).toList();
  }

  /** Returns the errors in the rows. */
  public List<Problem> problems() {
    try {
      String unused = text();
      return List.of();
    } catch (InvalidException e) {
      return e.problems();
    }
  }

  /**
   * Returns the filter as JSON; empty for none.
   *
   * @throws InvalidException if a row is incomplete, or both rows and JSON are typed
   */
  public String text() {
    List<Row> filled = filled();
    if (filled.isEmpty()) {
      return json.strip();
    }
    if (!json.isBlank()) {
      throw InvalidException.of(FIELD, "must be either rows or JSON, not both; clear one of them");
    }
    if (!original.isEmpty() && read(original).filter(filled::equals).isPresent()) {
      return original;
    }
    Map<String, Map<String, String>> byPath = new LinkedHashMap<>();
    for (Row row : filled) {
      add(row, byPath.computeIfAbsent(row.path(), path -> new LinkedHashMap<>()));
    }
    return byPath.entrySet().stream()
        .map(field -> JsonText.quoted(field.getKey()) + ":" + written(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void add(Row row, Map<String, String> operands) {
    if (row.path().isEmpty()) {
      throw InvalidException.of(FIELD, "must have a field in each row");
    }
    FilterOperator operator =
        FilterOperator.find(row.operator())
            .orElseThrow(() -> InvalidException.of(FIELD, "must have one of the listed operators"));
    String operand;
    try {
      operand = operator.operand(row.value());
    } catch (InvalidException e) {
      throw InvalidException.of(FIELD, e.problems().get(0).reason() + " of “" + row.path() + "”");
    }
    if (operands.put(operator.sign(), operand) != null) {
      throw InvalidException.of(
          FIELD, "must not have the same operator twice for “" + row.path() + "”");
    }
  }

  private static String written(Map<String, String> operands) {
    String equal = operands.get(FilterOperator.IS.sign());
    return equal != null && operands.size() == 1
        ? equal
        : operands.entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }

  /** Returns a filter as rows; empty if rows cannot express it. */
  private static Optional<List<Row>> read(String text) {
    List<Row> rows = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(text)) {
      boolean isFit = parser.nextToken() == JsonToken.START_OBJECT;
      while (isFit && parser.nextToken() == JsonToken.FIELD_NAME) {
        isFit = readField(parser, rows);
      }
      return isFit ? Optional.of(List.copyOf(rows)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads the conditions of a field. Returns whether rows can express them. */
  private static boolean readField(JsonParser parser, List<Row> rows) throws IOException {
    String path = parser.currentName();
    JsonToken value = parser.nextToken();
    if (path.isBlank() || path.startsWith("$") || !path.equals(path.strip())) {
      return false;
    }
    if (value != JsonToken.START_OBJECT) {
      return readOperand(parser, path, FilterOperator.IS.sign(), rows);
    }
    int before = rows.size();
    boolean isFit = true;
    while (isFit && parser.nextToken() == JsonToken.FIELD_NAME) {
      String sign = parser.currentName();
      JsonToken operand = parser.nextToken();
      isFit = operand != null && readOperand(parser, path, sign, rows);
    }
    return isFit && rows.size() > before;
  }

  private static boolean readOperand(JsonParser parser, String path, String sign, List<Row> rows)
      throws IOException {
    for (FilterOperator operator : FilterOperator.values()) {
      Optional<String> typed =
          operator.sign().equals(sign) ? operator.typed(parser) : Optional.empty();
      if (typed.isPresent()) {
        rows.add(new Row(path, operator.code(), typed.get()));
        return true;
      }
    }
    return false;
  }
}
