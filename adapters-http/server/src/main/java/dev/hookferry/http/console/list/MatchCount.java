package dev.hookferry.http.console.list;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The number of entries that match a filter, counted up to a limit.
 *
 * @param known the number counted
 * @param more whether there are more
 */
public record MatchCount(int known, boolean more) {
  /** Limit up to which the console's lists are counted. */
  public static final int MAX = 2 * PageRequest.MAX_LIMIT;

  private static final int MAX_BY_FIELDS = 100;

  /** Count for an invalid filter: nothing. */
  public static final MatchCount NONE = new MatchCount(0, false);

  /**
   * Counts by reading pages, unless the first page contains everything.
   *
   * @param shown the page that is shown
   * @param cursor where that page begins, or null for the first
   * @param list reads a page of what matches
   */
  public static MatchCount of(
      Page<?> shown, @Nullable String cursor, Function<PageRequest, ? extends Page<?>> list) {
    return of(shown, cursor, MAX, list);
  }

  /**
   * Counts the matching deliveries, up to a limit. Searches that must read more than the deliveries
   * themselves stop sooner: at 100 for a search by fields, and at the end of the page for a search
   * by response or event type pattern.
   *
   * @param query the query of the page that is shown
   * @param most the limit for other searches
   * @param list reads a page of the matching deliveries
   */
  public static MatchCount of(
      DeliveryQuery query,
      Page<Delivery> shown,
      int most,
      Function<DeliveryQuery, Page<Delivery>> list) {
    String cursor = query.page().cursor();
    if (query.isScan()) {
      return atLeast(shown, cursor);
    }
    int bound = query.fields().isEmpty() ? most : Math.min(most, MAX_BY_FIELDS);
    return of(shown, cursor, bound, page -> list.apply(query.page(page)));
  }

  /**
   * Counts by reading pages, up to a limit, unless the first page contains everything or reaches
   * the limit.
   *
   * @param shown the page that is shown
   * @param cursor where that page begins, or null for the first
   * @param most where to stop
   * @param list reads a page of the matching entries
   */
  public static MatchCount of(
      Page<?> shown,
      @Nullable String cursor,
      int most,
      Function<PageRequest, ? extends Page<?>> list) {
    if (cursor == null && (shown.next() == null || shown.data().size() >= most)) {
      return new MatchCount(shown.data().size(), shown.next() != null);
    }
    int known = cursor == null ? shown.data().size() : 0;
    String next = cursor == null ? shown.next() : null;
    do {
      int limit = Math.min(PageRequest.MAX_LIMIT, most - known);
      Page<?> page = list.apply(PageRequest.of(limit).after(next));
      known += page.data().size();
      next = page.next();
    } while (next != null && known < most);
    return new MatchCount(known, next != null);
  }

  /** Counts only up to the end of the page that is shown. */
  public static MatchCount atLeast(Page<?> shown, @Nullable String cursor) {
    return new MatchCount(shown.data().size(), shown.next() != null || cursor != null);
  }

  /** Returns the number, such as {@code 1,000+}. */
  public String text() {
    return NumberText.of(known, more);
  }

  /** Returns the number, with the noun. */
  public String of(String one, String many) {
    return text() + " " + (known == 1 && !more ? one : many);
  }
}
