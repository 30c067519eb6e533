package dev.hookferry.app.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The last column of a table on a terminal. A text that is too long for it is broken at word
 * boundaries: within the column, or on lines below the row if the column is narrow or a text would
 * need many lines.
 */
final class LastColumn {
  private static final String INDENT = "    ";

  /** A narrower column breaks sentences into too many lines. */
  private static final int READABLE = 24;

  private static final int FEW_LINES = 2;
  private static final int MAX_LINES = 4;

  private final int width;
  private final String indent;
  private final int below;
  private final boolean isList;
  private final boolean isBelow;

  /**
   * Lays the column out.
   *
   * @param cells the texts of all rows
   * @param start the column's first position in a line
   * @param width the column's width
   * @param terminal the width of the terminal
   * @param isList whether texts are cut after a few lines, and words that are too long are broken
   */
  LastColumn(List<String> cells, int start, int width, int terminal, boolean isList) {
    this.width = width;
    this.isList = isList;
    indent = " ".repeat(start);
    below = Math.max(READABLE, terminal - INDENT.length());
    int max = width < READABLE ? FEW_LINES : MAX_LINES;
    isBelow = isList && cells.stream().anyMatch(cell -> pieces(cell, width).size() > max);
  }

  /**
   * Returns the lines of a row.
   *
   * @param beginning the other columns, with the gap before this one
   */
  List<String> lines(String beginning, String cell) {
    List<String> lines = new ArrayList<>();
    if (Table.length(cell) <= width) {
      lines.add((beginning + cell).stripTrailing());
      return lines;
    }
    if (isBelow) {
      lines.add(beginning.stripTrailing());
      limited(pieces(cell, below)).forEach(piece -> lines.add(INDENT + piece));
      return lines;
    }
    pieces(cell, width).forEach(piece -> lines.add((lines.isEmpty() ? beginning : indent) + piece));
    return lines;
  }

  private static List<String> limited(List<String> pieces) {
    if (pieces.size() <= MAX_LINES) {
      return pieces;
    }
    List<String> first = new ArrayList<>(pieces.subList(0, MAX_LINES));
    String last = first.get(MAX_LINES - 1);
    first.set(MAX_LINES - 1, last.substring(0, last.offsetByCodePoints(last.length(), -1)) + "…");
    return first;
  }

  private List<String> pieces(String text, int max) {
    List<String> pieces = new ArrayList<>();
    for (String line : LineText.wrapped(text, max)) {
      String rest = line;
      while (Table.length(rest) > max) {
        int end = rest.offsetByCodePoints(0, max);
        int comma = rest.lastIndexOf(',', end - 1);
        if (comma <= 0 && !isList) {
          break;
        }
        int at = comma > 0 ? comma + 1 : end;
        pieces.add(rest.substring(0, at));
        rest = rest.substring(at);
      }
      pieces.add(rest);
    }
    return pieces;
  }
}
