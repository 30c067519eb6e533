package dev.hookferry.internal;

import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Paging of small in-memory lists. A cursor is the place of the last item of a page, and stays
 * valid when that item is removed: whoever removes what each page returns gets them all.
 */
public final class Paging {
  private Paging() {}

  /**
   * Returns a page of items in descending order of their ids.
   *
   * @param all the complete list, in order
   * @param parse parses an id
   * @throws InvalidException if the cursor is not an id
   */
  public static <T, I> Page<T> newestFirst(
      List<T> all, PageRequest page, Function<T, I> id, Function<String, I> parse) {
    Comparator<String> byId = Comparator.comparing(text -> parse.apply(text).toString());
    return of(all, page, item -> id.apply(item).toString(), byId.reversed());
  }

  /**
   * Returns a page.
   *
   * @param all the complete list, in the order of its cursors
   * @param cursor returns the cursor of an item
   * @param order compares two cursors; throws {@link InvalidException} for other texts
   * @throws InvalidException if the cursor is not from such a list
   */
  public static <T> Page<T> of(
      List<T> all, PageRequest page, Function<T, String> cursor, Comparator<String> order) {
    String last = checked(Objects.requireNonNull(page, "page").cursor(), order);
    List<T> rest =
        last == null
            ? all
            : all.stream().filter(item -> order.compare(cursor.apply(item), last) > 0).toList();
    List<T> data = rest.subList(0, Math.min(rest.size(), page.limit()));
    boolean isMore = data.size() < rest.size();
    return new Page<>(data, isMore ? cursor.apply(data.get(data.size() - 1)) : null);
  }

  private static @Nullable String checked(@Nullable String cursor, Comparator<String> order) {
    try {
      int unused = cursor == null ? 0 : order.compare(cursor, cursor);
      return cursor;
    } catch (InvalidException e) {
      throw InvalidException.of(
          "cursor", "is not a cursor of this list; start with the first page");
    }
  }
}
