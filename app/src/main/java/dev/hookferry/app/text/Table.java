package dev.hookferry.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A text table with aligned columns. Not thread-safe. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    this.headings = headings;
  }

  /** Returns an empty table with these headings. */
  public static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  /** Adds a row with a cell for each heading. */
  public Table row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + headings);
    }
    rows.add(Stream.of(cells).map(cell -> LineText.printable(String.valueOf(cell))).toList());
    return this;
  }

  /** Returns whether the table has no rows. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns the lines, headings first. */
  public List<String> lines() {
    int[] widths = new int[headings.size()];
    Stream.concat(Stream.of(headings), rows.stream())
        .forEach(
            row -> {
              for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
              }
            });
    return Stream.concat(Stream.of(headings), rows.stream()).map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      line.append(cell).append(" ".repeat(widths[i] - length(cell))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
