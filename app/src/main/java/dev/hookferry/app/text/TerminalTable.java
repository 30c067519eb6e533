package dev.hookferry.app.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table for a terminal: times relative to now, states in colour, and no line wider than the
 * terminal. A list has no empty columns. If it is too wide, ids are shortened, then texts; then
 * columns are hidden, ids of related objects first; the first time, reasons and states last. A text
 * that merely adds to an id is hidden before a reason becomes too short to understand. A URL is cut
 * in the middle, since host and path identify it; in a very narrow column, all URLs lose their
 * scheme. A text in the last column is wrapped, not cut.
 */
public final class TerminalTable {
  private static final int MIN_TEXT_LENGTH = 10;
  private static final int MIN_REASON_LENGTH = 12;

  /** Leaves room for most of a reason. */
  private static final int READABLE_REASON = 32;

  /** Leaves room for the beginning of the host and the end of the path. */
  private static final int MIN_URL_LENGTH = 20;

  /** Below this width, the scheme of a URL takes room that host and path need. */
  private static final int URL_WITH_SCHEME = 30;

  /** The prefix, and the last characters, in which ids created at the same time differ. */
  private static final int MIN_ID_LENGTH = 12;

  /** Leaves room for an endpoint's number of failures, or most of its address. */
  private static final int READABLE_STATE = 20;

  private static final int MIN_COLUMNS = 2;

  /** The headings of columns that give a reason. */
  private static final Set<String> REASONS = Set.of("REASON", "ERROR", "PROBLEM", "CAUSE");

  private final List<TableColumn> columns;
  private final List<List<String>> rows;
  private final int[] widths;
  private final boolean isColored;
  private final List<Integer> shown;
  private final int terminal;
  private final boolean isList;

  /**
   * Lays a table out.
   *
   * @param width the width of the terminal, in characters
   * @param isList whether columns are hidden, and texts cut, if they do not fit
   * @param isColored whether the terminal shows colours
   * @param now the current time
   */
  public TerminalTable(Table table, int width, boolean isList, boolean isColored, Instant now) {
    this.isColored = isColored;
    this.isList = isList;
    terminal = width;
    columns = table.columns();
    rows = table.rows().stream().map(row -> relative(row, now)).toList();
    widths = Table.widths(columns.stream().map(TableColumn::heading).toList(), rows);
    shown =
        IntStream.range(0, columns.size())
            .filter(column -> kind(column) != TableColumn.Kind.OMITTED)
            .boxed()
            .collect(Collectors.toList());
    if (isList) {
      hide(width);
      shortenIds(width);
      shorten(width, least(column -> !isReason(column) && !isState(column)));
      shorten(width, least(column -> !isReason(column)));
    }
    shorten(width, least(column -> isList || kind(column) != TableColumn.Kind.PLAIN));
  }

  private void hide(int width) {
    shown.removeIf(column -> column > 0 && !rows.isEmpty() && isEmpty(column));
    hide(width, least(column -> true), Importance.ID);
    if (kind(0) == TableColumn.Kind.PLAIN && shown.stream().anyMatch(this::isReason)) {
      hide(width, longer(this::isReason, READABLE_REASON), Importance.TEXT);
    }
    hide(width, longer(this::isStateOrAddress, READABLE_STATE), Importance.OTHER);
    hide(width, longer(this::isState, READABLE_STATE), Importance.TEXT);
    for (Importance level : Importance.values()) {
      hide(width, least(column -> true), level);
    }
  }

  /** Hides the last columns of a level until the others fit. */
  private void hide(int width, int[] least, Importance level) {
    for (int i = shown.size() - 1; i > 0 && length(least) > width; i--) {
      if (shown.size() > MIN_COLUMNS && importance(shown.get(i)) == level) {
        var unused = shown.remove(i);
      }
    }
  }

  private Importance importance(int column) {
    TableColumn.Kind kind = kind(column);
    if (isState(column) || kind == TableColumn.Kind.SUBJECT) {
      return Importance.STATE;
    }
    if (isReason(column)) {
      return Importance.REASON;
    }
    if (columns.get(column).heading().equals("ENDPOINT")) {
      return Importance.ENDPOINT;
    }
    if (hasIds(column)) {
      return Importance.ID;
    }
    if (kind == TableColumn.Kind.TIME) {
      boolean isFirst = shown.stream().noneMatch(i -> i < column && kind(i) == kind);
      return isFirst ? Importance.TIME : Importance.OTHER;
    }
    return kind == TableColumn.Kind.TEXT ? Importance.TEXT : Importance.OTHER;
  }

  private boolean isEmpty(int column) {
    return rows.stream().allMatch(row -> row.get(column).isEmpty());
  }

  private boolean isReason(int column) {
    return REASONS.contains(columns.get(column).heading());
  }

  private boolean isState(int column) {
    return kind(column) == TableColumn.Kind.STATE;
  }

  private boolean isStateOrAddress(int column) {
    return isState(column) || rows.stream().anyMatch(row -> CellText.isAddress(row.get(column)));
  }

  private boolean hasIds(int column) {
    return rows.stream().anyMatch(row -> CellText.isId(row.get(column)));
  }

  /** Returns the minimum widths of the columns that may be shortened, and the widths of others. */
  private int[] least(IntPredicate mayShorten) {
    return IntStream.range(0, widths.length)
        .map(i -> mayShorten.test(i) ? least(i) : widths[i])
        .toArray();
  }

  /** Returns the minimum widths, raised to a readable width for columns of a kind. */
  private int[] longer(IntPredicate kind, int readable) {
    int[] least = least(column -> true);
    return IntStream.range(0, least.length)
        .map(i -> kind.test(i) ? Math.max(least[i], Math.min(widths[i], readable)) : least[i])
        .toArray();
  }

  private int least(int column) {
    int heading = Table.length(columns.get(column).heading());
    if (kind(column) == TableColumn.Kind.TEXT) {
      boolean hasUrls = rows.stream().anyMatch(row -> CellText.isUrl(row.get(column)));
      int shortest =
          hasUrls ? MIN_URL_LENGTH : isReason(column) ? MIN_REASON_LENGTH : MIN_TEXT_LENGTH;
      return Math.min(widths[column], Math.max(shortest, heading));
    }
    if (isState(column)) {
      return rows.stream()
          .mapToInt(row -> CellText.word(row.get(column)))
          .reduce(heading, Math::max);
    }
    if (!hasIds(column)) {
      return widths[column];
    }
    int name = column == 0 ? CellText.longestName(rows.stream().map(row -> row.get(0))) : 0;
    return Math.min(widths[column], Math.max(Math.max(MIN_ID_LENGTH, heading), name));
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

  /**
   * Shows ids either whole or as short as possible: a partial id can be neither copied nor read.
   */
  private void shortenIds(int width) {
    for (int i = shown.size() - 1; i >= 0 && length(widths) > width; i--) {
      int column = shown.get(i);
      if (hasIds(column)) {
        widths[column] = least(column);
      }
    }
  }

  /** Narrows the widest column until the line fits or all columns have their minimum widths. */
  private void shorten(int width, int[] least) {
    while (length(widths) > width) {
      int longest =
          shown.stream()
              .mapToInt(Integer::intValue)
              .filter(i -> widths[i] > least[i])
              .reduce(-1, (a, b) -> a < 0 || widths[b] > widths[a] ? b : a);
      if (longest < 0) {
        return;
      }
      widths[longest]--;
    }
  }

  private int length(int[] each) {
    int gaps = Table.GAP.length() * (shown.size() - 1);
    return gaps + shown.stream().mapToInt(i -> each[i]).sum();
  }

  private TableColumn.Kind kind(int column) {
    return columns.get(column).kind();
  }

  /** Returns the headings of the columns that are not shown, except empty ones. */
  public List<String> hidden() {
    return IntStream.range(0, columns.size())
        .filter(column -> !shown.contains(column) && !isEmpty(column))
        .mapToObj(column -> columns.get(column).heading())
        .toList();
  }

  /** Returns the lines, headings first. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(TableColumn::heading).toList(), false));
    int last = shown.get(shown.size() - 1);
    int start = length(widths) - widths[last];
    List<String> cells = rows.stream().map(row -> row.get(last)).toList();
    LastColumn wrapped = new LastColumn(cells, start, widths[last], terminal, isList);
    for (List<String> row : rows) {
      if (isWrapped(row.get(last), last)) {
        lines.addAll(wrapped.lines(beginning(row, isColored), row.get(last)));
      } else {
        lines.add(line(row, isColored));
      }
    }
    return lines;
  }

  /** Returns whether a cell is wrapped rather than truncated. */
  private boolean isWrapped(String cell, int column) {
    return kind(column) == TableColumn.Kind.TEXT && !(isList && CellText.isUrl(cell));
  }

  private String line(List<String> row, boolean colored) {
    int last = shown.get(shown.size() - 1);
    return (beginning(row, colored) + cell(row, last, colored)).stripTrailing();
  }

  /** Returns all columns but the last, each followed by a gap. */
  private String beginning(List<String> row, boolean colored) {
    StringBuilder line = new StringBuilder();
    for (int i : shown.subList(0, shown.size() - 1)) {
      line.append(cell(row, i, colored)).append(Table.GAP);
    }
    return line.toString();
  }

  private String cell(List<String> row, int column, boolean colored) {
    String cell = row.get(column);
    String cut = cut(cell, column);
    String padded = column == shown.get(shown.size() - 1) ? cut : Table.padded(cut, widths[column]);
    return colored && isState(column) ? StateColour.of(cell).paint(padded) : padded;
  }

  private String cut(String cell, int column) {
    int width = widths[column];
    if (!CellText.isUrl(cell)) {
      return CellText.cut(cell, width);
    }
    return CellText.ofUrl(losesSchemes(column) ? CellText.withoutScheme(cell) : cell, width);
  }

  /** Returns whether all URLs of a column are shown without their schemes. */
  private boolean losesSchemes(int column) {
    int width = widths[column];
    return width < URL_WITH_SCHEME
        && rows.stream()
            .map(row -> row.get(column))
            .anyMatch(cell -> CellText.isUrl(cell) && Table.length(cell) > width);
  }
}
