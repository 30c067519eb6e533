package dev.hookferry.internal;

import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.util.List;
import java.util.function.Function;

/** Pages of the small lists that are in memory anyway. */
public final class Paging {
  private Paging() {}

  /**
   * One page.
   *
   * @param all in the order of the list
   * @param id what a cursor is made of: the id of the last one on a page
   */
  public static <T> Page<T> of(List<T> all, PageRequest asked, Function<T, String> id) {
    int from = 0;
    if (asked.cursor() != null) {
      from = all.stream().map(id).toList().indexOf(asked.cursor()) + 1;
      if (from == 0) {
        throw InvalidException.of("cursor", "is none of this list; begin with the first page");
      }
    }
    int to = Math.min(all.size(), from + asked.limit());
    List<T> data = all.subList(from, to);
    return new Page<>(data, to < all.size() ? id.apply(all.get(to - 1)) : null);
  }
}
