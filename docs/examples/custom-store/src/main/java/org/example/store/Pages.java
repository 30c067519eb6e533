package org.example.store;

import dev.hookferry.query.Page;
import dev.hookferry.query.PageBytes;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Pages of a sorted map, greatest key first. The cursor is the last key of a page. */
final class Pages {
  private Pages() {}

  /**
   * Returns a page.
   *
   * @param keys a regular expression that all keys match
   * @throws InvalidException if the cursor does not belong to this map
   */
  static <T> Page<T> page(
      NavigableMap<String, T> all, String keys, PageRequest request, Predicate<T> filter) {
    return page(all, keys, request, filter, entry -> 0);
  }

  /** Returns a page, which ends early if its entries would exceed the size limit of a page. */
  static <T> Page<T> page(
      NavigableMap<String, T> all,
      String keys,
      PageRequest request,
      Predicate<T> filter,
      ToIntFunction<T> size) {
    String cursor = request.cursor();
    if (cursor != null && !cursor.matches(keys)) {
      throw InvalidException.of(
          "cursor", "must be the next cursor of the previous page, unchanged");
    }
    NavigableMap<String, T> rest = cursor == null ? all : all.headMap(cursor, false);
    List<T> data = new ArrayList<>();
    String last = null;
    PageBytes bytes = new PageBytes();
    for (Map.Entry<String, T> entry : rest.descendingMap().entrySet()) {
      if (filter.test(entry.getValue())) {
        boolean isFull = data.size() == request.limit();
        if (isFull || !bytes.fits(size.applyAsInt(entry.getValue()))) {
          return new Page<>(data, last);
        }
        data.add(entry.getValue());
        last = entry.getKey();
      }
    }
    return new Page<>(data, null);
  }
}
