package dev.hookferry.app.text;

import java.util.Locale;

/**
 * A column of a table.
 *
 * @param heading its heading, in capitals
 * @param kind the content of its cells
 */
public record TableColumn(String heading, Kind kind) {
  /** Kind of values in a column, which decides how a terminal shows them. */
  public enum Kind {
    /** Any value; only ids are shortened, if columns would otherwise be hidden. */
    PLAIN,
    /** The id of the row's subject; shortened, but hidden last. */
    SUBJECT,
    /** A text, which is shortened if the line is too long. */
    TEXT,
    /** A time in ISO 8601, or nothing. */
    TIME,
    /** A state, possibly with a reason, such as {@code disabled: gone}. */
    STATE,
    /** A value that is never shown on a terminal, where its column is listed as hidden. */
    OMITTED
  }

  /** Returns a column whose cells are shown as they are. */
  public static TableColumn plain(String heading) {
    return new TableColumn(heading, Kind.PLAIN);
  }

  /** Returns the heading as a name for programs, such as {@code event_type}. */
  String name() {
    return heading.toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
