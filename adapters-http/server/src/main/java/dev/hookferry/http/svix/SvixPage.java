package dev.hookferry.http.svix;

import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param data the entries as JSON
 * @param first the id of the first entry; null if there is none
 * @param last the id of the entry after which the next page begins; null if there is none
 * @param done whether nothing follows in the direction of the request
 */
record SvixPage(
    List<Map<String, ?>> data, @Nullable String first, @Nullable String last, boolean done) {

  /** Returns the page with these entries. */
  static <T> SvixPage of(
      List<T> entries, Function<T, String> id, Function<T, Map<String, ?>> json, boolean done) {
    int size = entries.size();
    return new SvixPage(
        entries.stream().<Map<String, ?>>map(json).toList(),
        size == 0 ? null : id.apply(entries.get(0)),
        size == 0 ? null : id.apply(entries.get(size - 1)),
        done);
  }

  /**
   * Returns the requested page of a list in memory.
   *
   * @param all the entries, in any order
   * @param id returns the id by which the list is ordered
   */
  static <T> SvixPage select(
      List<T> all,
      Function<T, String> id,
      Function<T, Map<String, ?>> json,
      SvixQuery query,
      Order order) {
    Comparator<String> comparison =
        order.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    List<T> sorted = all.stream().sorted(Comparator.comparing(id, comparison)).toList();
    int limit = query.limit();
    SvixQuery.IteratorPosition mark = query.mark(order.prefix());
    int from = 0;
    int to = Math.min(limit, sorted.size());
    if (mark != null) {
      int before = 0;
      int upTo = 0;
      for (T entry : sorted) {
        int position = comparison.compare(id.apply(entry), mark.id());
        before += position < 0 ? 1 : 0;
        upTo += position <= 0 ? 1 : 0;
      }
      from = mark.back() ? Math.max(0, before - limit) : upTo;
      to = mark.back() ? before : Math.min(sorted.size(), upTo + limit);
    }
    boolean done = (mark != null && mark.back()) ? from == 0 : to == sorted.size();
    return of(sorted.subList(from, to), id, json, done);
  }

  /**
   * The order of a list.
   *
   * @param prefix prefix of its ids; empty for any text
   */
  record Order(String prefix, boolean descending) {}

  HttpReply reply() {
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("data", data);
    page.put("iterator", last);
    if (first != null) {
      page.put("prevIterator", "-" + first);
    }
    page.put("done", done);
    return HttpReply.ok(JsonOutput.values(page));
  }
}
