package dev.hookferry.app.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table as a terminal shows it: times relative to now, states in color, and no line longer than
 * the terminal is wide, as far as ids allow. A URL that is too long loses its scheme first and then
 * its middle, since host and path tell one from another.
 */
public final class TerminalTable {
  private static final int SHORTEST_TEXT = 12;

  /** Leaves room for the beginning of the host and the end of the path. */
  private static final int SHORTEST_URL = 20;

  private static final int LEAST_COLUMNS = 2;
  private static final String SCHEME_END = "://";

  private final List<TableColumn> columns;
  private final List<List<String>> rows;
  private final int[] widths;
  private final int[] least;
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
    least = IntStream.range(0, widths.length).map(this::least).toArray();
    shown = columns.size();
    while (mayHide && shown > LEAST_COLUMNS && length(least) > width) {
      shown--;
    }
    shorten(width);
  }

  private int least(int column) {
    if (kind(column) != TableColumn.Kind.TEXT) {
      return widths[column];
    }
    boolean hasUrls = rows.stream().anyMatch(row -> row.get(column).contains(SCHEME_END));
    int heading = Table.length(columns.get(column).heading());
    return Math.min(widths[column], Math.max(hasUrls ? SHORTEST_URL : SHORTEST_TEXT, heading));
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
    while (length(widths) > width) {
      int longest =
          IntStream.range(0, shown)
              .filter(i -> widths[i] > least[i])
              .reduce(-1, (a, b) -> a < 0 || widths[b] > widths[a] ? b : a);
      if (longest < 0) {
        return;
      }
      widths[longest]--;
    }
  }

  private int length(int[] each) {
    int gaps = Table.GAP.length() * (shown - 1);
    return gaps + IntStream.range(0, shown).map(i -> each[i]).sum();
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
    int width = widths[column];
    if (Table.length(cell) <= width) {
      return cell;
    }
    int scheme = cell.indexOf(SCHEME_END);
    if (scheme < 0) {
      return cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }
    String rest = cell.substring(scheme + SCHEME_END.length());
    if (Table.length(rest) <= width) {
      return rest;
    }
    int head = width / 2;
    int tail = width - 1 - head;
    return rest.substring(0, rest.offsetByCodePoints(0, head))
        + "…"
        + rest.substring(rest.offsetByCodePoints(rest.length(), -tail));
  }
}
