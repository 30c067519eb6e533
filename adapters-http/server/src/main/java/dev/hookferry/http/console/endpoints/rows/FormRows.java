package dev.hookferry.http.console.endpoints.rows;

import dev.hookferry.http.console.text.FormValues;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows of a form. The names of a row's fields end with its number, such as {@code header-name-0}.
 * The buttons that add and remove rows submit the form, so they work without a script.
 */
public final class FormRows {
  /** The field of the buttons that change rows instead of saving the form. */
  public static final String BUTTON = "row";

  private FormRows() {}

  /**
   * Reads the rows of a kind, after applying the button that was pressed.
   *
   * @param kind the prefix of their names
   * @param row reads the row with the given number
   */
  static <T> List<T> of(FormValues form, String kind, IntFunction<T> row, T blank) {
    Pattern field = Pattern.compile(kind + "-[a-z]+-([0-9]{1,4})");
    String pressed = form.text(BUTTON);
    List<T> rows = new ArrayList<>();
    form.names().stream()
        .map(field::matcher)
        .filter(Matcher::matches)
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .distinct()
        .sorted()
        .filter(number -> !pressed.equals(kind + "-drop-" + number))
        .forEach(number -> rows.add(row.apply(number)));
    if (pressed.equals(kind + "-add")) {
      rows.add(blank);
    }
    return List.copyOf(rows);
  }

  /** Returns rows to show: a blank one if there are none. */
  static <T> List<T> shown(List<T> rows, T blank) {
    return rows.isEmpty() ? List.of(blank) : rows;
  }
}
