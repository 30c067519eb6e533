package dev.hookferry.file.search;

import dev.hookferry.file.index.IndexedList;
import dev.hookferry.refusal.InvalidException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The start of a page: after the row with this key.
 *
 * @param high column {@link dev.hookferry.file.index.IndexEntry#HIGH}
 * @param low column {@link dev.hookferry.file.index.IndexEntry#LOW}
 */
public record PageCursor(long high, long low) {
  /** The start of the first page. */
  static final PageCursor START = new PageCursor(-1, -1);

  private static final Pattern FORM = Pattern.compile("([eas])([0-9a-f]{16})([0-9a-f]{16})");

  /**
   * Parses a cursor; returns the start of the first page if the text is null.
   *
   * @throws InvalidException if the text is not a cursor of this listing
   */
  public static PageCursor read(IndexedList listing, @Nullable String text) {
    if (text == null) {
      return START;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !matcher.group(1).equals(mark(listing))) {
      throw InvalidException.of(
          "cursor", "must be the \"next\" value of an earlier page of this list");
    }
    return new PageCursor(
        Long.parseUnsignedLong(matcher.group(2), 16), Long.parseUnsignedLong(matcher.group(3), 16));
  }

  String text(IndexedList listing) {
    return String.format(Locale.ROOT, "%s%016x%016x", mark(listing), high, low);
  }

  private static String mark(IndexedList listing) {
    return listing.name().substring(0, 1).toLowerCase(Locale.ROOT);
  }
}
