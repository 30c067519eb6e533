package dev.hookferry.app.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table as a terminal shows it: times relative to now, states in color, and no line longer than
 * the terminal is wide, as far as ids allow.
 */
public final class TerminalTable {
  private static final int SHORTEST_TEXT = 12;
  private static final int LEAST_COLUMNS = 2;

  private final List<TableColumn> columns;
  private final List<List<String>> rows;
  private final int[] widths;
  private final boolean isColored;
  private int shown;

  /**
   * Lays a table out.
   *
   * @param width the width of the terminal, in characters
   * @param mayHide whether the last columns are left out if they do not fit
   * @param isColored whether the terminal shows colors
   * @param now the present time
   */
  public TerminalTable(Table table, int width, boolean mayHide, boolean isColored, Instant now) {
    this.isColored = isColored;
    columns = table.columns();
    rows = table.rows().stream().map(row -> relative(row, now)).toList();
    widths = Table.widths(columns.stream().map(TableColumn::heading).toList(), rows);
    shown = columns.size();
    shorten(width);
    while (mayHide && shown > LEAST_COLUMNS && length() > width) {
      shown--;
    }
  }

  private List<String> relative(List<String> row, Instant now) {
    List<String> cells = new ArrayList<>(row);
    for (int i = 0; i < cells.size(); i++) {
      if (kind(i) == TableColumn.Kind.TIME) {
        cells.set(i, RelativeTime.of(cells.get(i), now));
      }
    }
    return cells;
  }

  /** Takes from the longest text as long as the line is too long. */
  private void shorten(int width) {
    while (length() > width) {
      int longest =
          IntStream.range(0, shown)
              .filter(i -> kind(i) == TableColumn.Kind.TEXT && widths[i] > shortest(i))
              .reduce(-1, (a, b) -> a < 0 || widths[b] > widths[a] ? b : a);
      if (longest < 0) {
        return;
      }
      widths[longest]--;
    }
  }

  private int shortest(int column) {
    return Math.max(SHORTEST_TEXT, Table.length(columns.get(column).heading()));
  }

  private int length() {
    int gaps = Table.GAP.length() * (shown - 1);
    return gaps + IntStream.range(0, shown).map(i -> widths[i]).sum();
  }

  private TableColumn.Kind kind(int column) {
    return columns.get(column).kind();
  }

  /** Returns the headings of the columns that did not fit. */
  public List<String> hidden() {
    return columns.subList(shown, columns.size()).stream().map(TableColumn::heading).toList();
  }

  /** Returns the lines, headings first. */
  public List<String> lines() {
    List<String> headings = columns.stream().map(TableColumn::heading).toList();
    return Stream.concat(
            Stream.of(line(headings, false)), rows.stream().map(row -> line(row, isColored)))
        .toList();
  }

  private String line(List<String> row, boolean colored) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < shown; i++) {
      String cell = row.get(i);
      boolean isLast = i == shown - 1;
      String padded = isLast ? cut(cell, i) : Table.padded(cut(cell, i), widths[i]);
      boolean isState = colored && kind(i) == TableColumn.Kind.STATE;
      line.append(isState ? StateColor.of(cell).paint(padded) : padded);
      line.append(isLast ? "" : Table.GAP);
    }
    return line.toString().stripTrailing();
  }

  private String cut(String cell, int column) {
    if (Table.length(cell) <= widths[column]) {
      return cell;
    }
    return cell.substring(0, cell.offsetByCodePoints(0, widths[column] - 1)) + "…";
  }
}
