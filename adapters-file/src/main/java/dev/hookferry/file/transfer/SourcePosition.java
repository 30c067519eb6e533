package dev.hookferry.file.transfer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A position of a source.
 *
 * @param others number of records read that belong to no event
 * @param segment index of the segment of the next event
 * @param row number of its row in the list of the segment's events
 * @param records number of its records that have been read
 */
record SourcePosition(int others, int segment, int row, int records) {
  private static final SourcePosition START = new SourcePosition(0, 0, 0, 0);
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,9})/(\\d{1,9})/(\\d{1,9})/(\\d{1,9})");

  String text() {
    return others + "/" + segment + "/" + row + "/" + records;
  }

  /**
   * Parses the output of {@link #text}; null is the beginning.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static SourcePosition parse(@Nullable String text) {
    if (text == null) {
      return START;
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is not a position of this source");
    }
    return new SourcePosition(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)));
  }
}
