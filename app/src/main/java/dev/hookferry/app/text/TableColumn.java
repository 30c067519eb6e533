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
    /** Anything; only ids are shortened, where columns would be left out otherwise. */
    PLAIN,
    /** The id of the row's subject; shortened, but not left out. */
    SUBJECT,
    /** A text that is shortened where the line is too long. */
    TEXT,
    /** A time in ISO 8601, or nothing. */
    TIME,
    /** A word for how something is. */
    STATE,
    /** Anything that a terminal never shows, but names as not shown. */
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
