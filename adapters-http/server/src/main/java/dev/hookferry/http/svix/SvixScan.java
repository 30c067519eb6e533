package dev.hookferry.http.svix;

import dev.hookferry.event.Event;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageBytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of the store, newest first, until a page of matching entries is full. Conditions
 * that the store cannot evaluate are applied here, so the number of entries read is limited: a page
 * may have fewer entries than requested, or none, although more follow.
 */
final class SvixScan {
  private static final int MAX_READ = 20_000;

  private SvixScan() {}

  /**
   * Entries that were found.
   *
   * @param last the last entry read, after which the next page begins; null if there is none
   * @param done whether nothing follows
   */
  record ScanResult<T>(List<T> entries, @Nullable T last, boolean done) {
    /** Returns the page; its iterator is the last entry read if there are more. */
    SvixPage page(Function<T, String> id, Function<T, Map<String, ?>> json) {
      SvixPage page = SvixPage.of(entries, id, json, done);
      return done || last == null
          ? page
          : new SvixPage(page.data(), page.first(), id.apply(last), false);
    }
  }

  /**
   * Finds a page. Entries before its start do not count as read: they are few, and a page that
   * started at one of them would find the same entries again.
   *
   * @param pages reads a page of the store at a cursor, null for the first
   * @param isBehind whether an entry comes after the start of the page
   * @param limit maximum number of entries, 0 or more; a page has fewer if more would exceed {@link
   *     PageBytes#MAX}
   */
  static <T> ScanResult<T> forward(
      Function<@Nullable String, Page<T>> pages,
      Predicate<T> isBehind,
      Predicate<T> wanted,
      int limit) {
    List<T> found = new ArrayList<>();
    T last = null;
    PageBytes bytes = new PageBytes();
    int read = 0;
    String cursor = null;
    do {
      Page<T> page = pages.apply(cursor);
      for (T entry : page.data()) {
        if (!isBehind.test(entry)) {
          continue;
        }
        read++;
        if (!wanted.test(entry)) {
          last = found.size() < limit ? entry : last;
          continue;
        }
        if (found.size() == limit || !bytes.fits(size(entry))) {
          return new ScanResult<>(found, last, false);
        }
        found.add(entry);
        last = entry;
      }
      cursor = page.next();
    } while (cursor != null && read < MAX_READ);
    return new ScanResult<>(found, last, cursor == null);
  }

  /**
   * Finds the page before an entry: the nearest matching entries that are newer.
   *
   * @param isNewer whether an entry comes before the end of the page
   */
  static <T> ScanResult<T> back(
      Function<@Nullable String, Page<T>> pages,
      Predicate<T> isNewer,
      Predicate<T> wanted,
      int limit) {
    Deque<T> found = new ArrayDeque<>();
    boolean more = false;
    long bytes = 0;
    int read = 0;
    String cursor = null;
    do {
      Page<T> page = pages.apply(cursor);
      for (T entry : page.data()) {
        if (isNewer.test(entry) && wanted.test(entry)) {
          bytes += size(entry);
          found.addLast(entry);
          while (found.size() > limit || (bytes > PageBytes.MAX && found.size() > 1)) {
            bytes -= size(found.removeFirst());
            more = true;
          }
        }
      }
      read += page.data().size();
      if (read >= MAX_READ) {
        throw SvixQuery.invalid("iterator", "is too old; start from the first page");
      }
      cursor = page.next();
    } while (cursor != null);
    List<T> entries = List.copyOf(found);
    return new ScanResult<>(entries, entries.isEmpty() ? null : found.getLast(), !more);
  }

  /** Returns the size of an event in bytes; 0 for any other entry, as only events are large. */
  private static int size(Object entry) {
    return entry instanceof Event event ? event.size() : 0;
  }
}
