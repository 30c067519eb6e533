package dev.hookferry.app.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table as a terminal shows it: times relative to now, states in color, and no line longer than
 * the terminal is wide. A table that is too wide loses empty columns first, then shortens ids, then
 * texts, then leaves out columns: first ids of other things, last states, reasons and the first
 * time. A text that tells rows apart beside an id goes before a reason loses its point. A URL loses
 * its middle, since host and path tell one from another; where the column is very narrow, the URLs
 * of all its rows lose their scheme.
 */
public final class TerminalTable {
  private static final int SHORTEST_TEXT = 12;

  /** Leaves room for most of a reason. */
  private static final int READABLE_REASON = 32;

  /** Leaves room for the beginning of the host and the end of the path. */
  private static final int SHORTEST_URL = 20;

  /** Below this width, the scheme of a URL takes room that host and path need. */
  private static final int URL_WITH_SCHEME = 30;

  /** The kind, and the last characters, in which ids of one time differ. */
  private static final int SHORTEST_ID = 12;

  private static final int LEAST_COLUMNS = 2;

  /** The headings of columns that say why. */
  private static final Set<String> REASONS = Set.of("REASON", "ERROR", "PROBLEM", "CAUSE");

  private static final String SCHEME_END = "://";
  private static final Pattern URL = Pattern.compile("[a-z]+" + SCHEME_END + ".*");
  private static final Pattern ID = Pattern.compile("[a-z]{2,3}_[0-9a-z]{26}");

  private final List<TableColumn> columns;
  private final List<List<String>> rows;
  private final int[] widths;
  private final boolean isColored;
  private final List<Integer> shown;

  /**
   * Lays a table out.
   *
   * @param width the width of the terminal, in characters
   * @param mayHide whether columns are left out if they do not fit
   * @param isColored whether the terminal shows colors
   * @param now the current time
   */
  public TerminalTable(Table table, int width, boolean mayHide, boolean isColored, Instant now) {
    this.isColored = isColored;
    columns = table.columns();
    rows = table.rows().stream().map(row -> relative(row, now)).toList();
    widths = Table.widths(columns.stream().map(TableColumn::heading).toList(), rows);
    shown = IntStream.range(0, columns.size()).boxed().collect(Collectors.toList());
    if (mayHide) {
      hide(width);
    }
    if (mayHide) {
      shorten(width, least(column -> column > 0 && hasIds(column)));
      shorten(width, least(this::hasIds));
      shorten(width, least(column -> !isReason(column)));
    }
    shorten(width, least(column -> mayHide || kind(column) != TableColumn.Kind.PLAIN));
  }

  private void hide(int width) {
    if (length(widths) > width) {
      shown.removeIf(column -> !rows.isEmpty() && isEmpty(column));
    }
    hide(width, least(column -> true), column -> importance(column) == Importance.ID);
    if (kind(0) == TableColumn.Kind.PLAIN && shown.stream().anyMatch(this::isReason)) {
      hide(width, readable(), column -> importance(column) == Importance.TEXT);
    }
    for (Importance level : Importance.values()) {
      hide(width, least(column -> true), column -> importance(column) == level);
    }
  }

  /** Hides the last of these columns until the others fit. */
  private void hide(int width, int[] least, IntPredicate hidden) {
    for (int i = shown.size() - 1; i > 0 && length(least) > width; i--) {
      if (shown.size() > LEAST_COLUMNS && hidden.test(shown.get(i))) {
        var unused = shown.remove(i);
      }
    }
  }

  /** How much a reader misses a column, from least to most. */
  private enum Importance {
    ID,
    OTHER,
    TEXT,
    TIME,
    REASON,
    STATE
  }

  private Importance importance(int column) {
    TableColumn.Kind kind = kind(column);
    if (kind == TableColumn.Kind.STATE || kind == TableColumn.Kind.SUBJECT) {
      return Importance.STATE;
    }
    if (isReason(column)) {
      return Importance.REASON;
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

  private boolean hasIds(int column) {
    return rows.stream().anyMatch(row -> isId(row.get(column)));
  }

  /** Returns the least widths of the columns that may be shortened, and the widths of others. */
  private int[] least(IntPredicate mayShorten) {
    return IntStream.range(0, widths.length)
        .map(i -> mayShorten.test(i) ? least(i) : widths[i])
        .toArray();
  }

  /** Returns the least widths at which reasons can be read. */
  private int[] readable() {
    int[] least = least(column -> true);
    for (int i = 0; i < least.length; i++) {
      least[i] = isReason(i) ? Math.min(widths[i], READABLE_REASON) : least[i];
    }
    return least;
  }

  private int least(int column) {
    int heading = Table.length(columns.get(column).heading());
    if (kind(column) == TableColumn.Kind.TEXT) {
      boolean hasUrls = rows.stream().anyMatch(row -> isUrl(row.get(column)));
      return Math.min(widths[column], Math.max(hasUrls ? SHORTEST_URL : SHORTEST_TEXT, heading));
    }
    if (kind(column) == TableColumn.Kind.STATE) {
      return rows.stream().mapToInt(row -> word(row.get(column))).reduce(heading, Math::max);
    }
    return hasIds(column)
        ? Math.min(widths[column], Math.max(SHORTEST_ID, heading))
        : widths[column];
  }

  /** Returns the length of a state whose reason is cut. */
  private static int word(String state) {
    int colon = state.indexOf(':');
    return colon < 0 ? Table.length(state) : colon + 1;
  }

  private static boolean isUrl(String cell) {
    return URL.matcher(cell).matches();
  }

  private static boolean isId(String cell) {
    return ID.matcher(cell).matches();
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

  /** Takes from the widest column as long as the line is too long. */
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

  /** Returns the headings of the columns that did not fit, empty ones aside. */
  public List<String> hidden() {
    return IntStream.range(0, columns.size())
        .filter(column -> !shown.contains(column) && !isEmpty(column))
        .mapToObj(column -> columns.get(column).heading())
        .toList();
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
    for (int i : shown) {
      String cell = row.get(i);
      boolean isLast = i == shown.get(shown.size() - 1);
      String padded = isLast ? cut(cell, i) : Table.padded(cut(cell, i), widths[i]);
      boolean isState = colored && kind(i) == TableColumn.Kind.STATE;
      line.append(isState ? StateColor.of(cell).paint(padded) : padded);
      line.append(isLast ? "" : Table.GAP);
    }
    return line.toString().stripTrailing();
  }

  private String cut(String whole, int column) {
    int width = widths[column];
    int scheme = losesSchemes(column) && isUrl(whole) ? whole.indexOf(SCHEME_END) : -1;
    String cell = scheme < 0 ? whole : whole.substring(scheme + SCHEME_END.length());
    if (Table.length(cell) <= width) {
      return cell;
    }
    if (isId(cell)) {
      return middle(cell, cell.indexOf('_') + 1, width);
    }
    return isUrl(whole)
        ? middle(cell, width / 2, width)
        : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  /** Returns whether the URLs of a column are shown without their schemes: those of all rows. */
  private boolean losesSchemes(int column) {
    int width = widths[column];
    return width < URL_WITH_SCHEME
        && rows.stream()
            .map(row -> row.get(column))
            .anyMatch(cell -> isUrl(cell) && Table.length(cell) > width);
  }

  /** Leaves out the middle of a text, after this many characters. */
  private static String middle(String text, int head, int width) {
    return text.substring(0, text.offsetByCodePoints(0, head))
        + "…"
        + text.substring(text.offsetByCodePoints(text.length(), -(width - 1 - head)));
  }
}
