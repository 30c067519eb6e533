package dev.hookferry.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A text table with aligned columns. Not thread-safe. */
public final class Table {
  static final String GAP = "  ";

  private final List<TableColumn> columns;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<TableColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  /** Returns an empty table with these headings. */
  public static Table of(String... headings) {
    return new Table(Stream.of(headings).map(TableColumn::plain).toList());
  }

  /** Returns an empty table with these columns. */
  public static Table of(List<TableColumn> columns) {
    return new Table(columns);
  }

  /** Adds a row with a cell for each column. */
  public Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + headings());
    }
    rows.add(Stream.of(cells).map(cell -> LineText.printable(String.valueOf(cell))).toList());
    return this;
  }

  /** Returns a copy without the column with this heading. */
  public Table without(String heading) {
    int at = headings().indexOf(heading);
    List<TableColumn> others = new ArrayList<>(columns);
    var unused = others.remove(at);
    Table copy = new Table(others);
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row);
      var unusedCell = cells.remove(at);
      copy.rows.add(List.copyOf(cells));
    }
    return copy;
  }

  /** Returns whether the table has no rows. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns the columns. */
  public List<TableColumn> columns() {
    return columns;
  }

  /** Returns the cells of each row. */
  public List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** Returns the lines, headings first. */
  public List<String> lines() {
    int[] widths = widths(headings(), rows);
    return Stream.concat(Stream.of(headings()), rows.stream())
        .map(row -> line(row, widths))
        .toList();
  }

  /**
   * Returns the table as lines of CSV (RFC 4180), beginning with the headings as names without
   * spaces. A cell that a spreadsheet would take for a formula is prefixed with an apostrophe.
   */
  public List<String> csv() {
    List<String> names = columns.stream().map(TableColumn::name).toList();
    return Stream.concat(Stream.of(names), rows.stream())
        .map(row -> String.join(",", row.stream().map(Table::quoted).toList()))
        .toList();
  }

  private List<String> headings() {
    return columns.stream().map(TableColumn::heading).toList();
  }

  private static String quoted(String cell) {
    boolean isFormula = !cell.isEmpty() && "=+-@".indexOf(cell.charAt(0)) >= 0;
    String safe = isFormula ? "'" + cell : cell;
    boolean isPlain = safe.chars().noneMatch(c -> c == ',' || c == '"');
    return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  static int[] widths(List<String> headings, List<List<String>> rows) {
    int[] widths = new int[headings.size()];
    Stream.concat(Stream.of(headings), rows.stream())
        .forEach(
            row -> {
              for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
              }
            });
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(padded(row.get(i), widths[i])).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  static String padded(String cell, int width) {
    return cell + " ".repeat(width - length(cell));
  }

  static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
