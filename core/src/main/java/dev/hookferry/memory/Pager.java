package dev.hookferry.memory;

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
import java.util.regex.Pattern;

/** Pager over a sorted map, greatest key first; the cursor is the last key returned. */
final class Pager {
  private final Pattern cursorForm;

  Pager(String cursorForm) {
    this.cursorForm = Pattern.compile(cursorForm);
  }

  <T> Page<T> page(NavigableMap<String, T> all, PageRequest request, Predicate<T> wanted) {
    return page(all, request, wanted, entry -> 0);
  }

  /** Returns a page that ends early where another entry would exceed its byte budget. */
  <T> Page<T> page(
      NavigableMap<String, T> all,
      PageRequest request,
      Predicate<T> wanted,
      ToIntFunction<T> size) {
    String cursor = request.cursor();
    if (cursor != null && !cursorForm.matcher(cursor).matches()) {
      throw InvalidException.of(
          "cursor", "must be the next cursor of the previous page, unchanged");
    }
    NavigableMap<String, T> rest = cursor == null ? all : all.headMap(cursor, false);
    List<T> data = new ArrayList<>();
    String last = "";
    PageBytes bytes = new PageBytes();
    for (Map.Entry<String, T> entry : rest.descendingMap().entrySet()) {
      if (wanted.test(entry.getValue())) {
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
