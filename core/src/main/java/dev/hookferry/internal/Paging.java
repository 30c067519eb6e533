package dev.hookferry.internal;

import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Paging of small in-memory lists. */
public final class Paging {
  private Paging() {}

  /**
   * Returns a page.
   *
   * @param all the complete list, in order
   * @param id returns the id that serves as cursor
   */
  public static <T> Page<T> of(List<T> all, PageRequest page, Function<T, String> id) {
    Objects.requireNonNull(page, "page");
    int from = 0;
    if (page.cursor() != null) {
      from = all.stream().map(id).toList().indexOf(page.cursor()) + 1;
      if (from == 0) {
        throw InvalidException.of(
            "cursor", "is not a cursor of this list; start with the first page");
      }
    }
    int to = Math.min(all.size(), from + page.limit());
    List<T> data = all.subList(from, to);
    return new Page<>(data, to < all.size() ? id.apply(all.get(to - 1)) : null);
  }
}
