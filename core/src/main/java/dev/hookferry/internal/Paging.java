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
 * Pagination of small in-memory lists. A cursor is the position of the last item of a page as text.
 * It stays valid when that item is removed, so a caller that removes the items of each page still
 * visits them all.
 */
public final class Paging {
  private Paging() {}

  /**
   * Returns a page of items in descending order of their ids, whose string forms sort like them.
   */
  public static <T, I> Page<T> newestFirst(
      List<T> all, PageRequest page, Function<T, I> id, Function<String, I> parse) {
    Comparator<I> oldestFirst = Comparator.comparing(Object::toString);
    return of(all, page, id, oldestFirst.reversed(), parse);
  }

  /**
   * Returns a page.
   *
   * @param all the complete list, sorted by position
   * @param place returns the position of an item, whose text is the cursor
   * @param order compares positions
   * @param parse parses a cursor; throws {@link InvalidException} for invalid text
   * @throws InvalidException if the cursor is not from such a list
   */
  public static <T, P> Page<T> of(
      List<T> all,
      PageRequest page,
      Function<T, P> place,
      Comparator<P> order,
      Function<String, P> parse) {
    P last = parsed(Objects.requireNonNull(page, "page").cursor(), parse);
    List<T> rest =
        last == null
            ? all
            : all.stream().filter(item -> order.compare(place.apply(item), last) > 0).toList();
    List<T> data = rest.subList(0, Math.min(rest.size(), page.limit()));
    boolean isMore = data.size() < rest.size();
    return new Page<>(data, isMore ? place.apply(data.get(data.size() - 1)).toString() : null);
  }

  private static <P> @Nullable P parsed(@Nullable String cursor, Function<String, P> parse) {
    try {
      return cursor == null ? null : parse.apply(cursor);
    } catch (InvalidException e) {
      throw InvalidException.of(
          "cursor", "is not a cursor of this list; start with the first page");
    }
  }
}
