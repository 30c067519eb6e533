package dev.hookferry.http.svix;

import dev.hookferry.http.svix.SvixErrors.Fault;
import dev.hookferry.http.wire.Times;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request, parsed as Svix does: unknown ones are ignored. */
final class SvixQuery {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX = 250;

  private final Map<String, List<String>> values = new HashMap<>();

  /** Parses a query, without the question mark. */
  SvixQuery(String raw) {
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      values.computeIfAbsent(name, each -> new ArrayList<>()).add(value);
    }
  }

  /** Decodes percent-encoding. Keeps plus signs, because times have offsets. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw SvixErrors.badQuery("the query must be percent-encoded UTF-8");
    }
  }

  @Nullable String text(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.get(all.size() - 1);
  }

  /** Returns a Boolean; the fallback if it is absent. */
  boolean flag(String name, boolean fallback) {
    String text = text(name);
    if (text == null) {
      return fallback;
    }
    if (!text.equals("true") && !text.equals("false")) {
      throw SvixErrors.badQuery(name + " must be true or false");
    }
    return text.equals("true");
  }

  /** Returns one of these numbers; null if it is absent. */
  @Nullable Integer oneOf(String name, Set<Integer> allowed) {
    Integer number = number(name);
    if (number != null && !allowed.contains(number)) {
      throw SvixErrors.badQuery(name + " must be one of " + allowed.stream().sorted().toList());
    }
    return number;
  }

  private @Nullable Integer number(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw SvixErrors.badQuery(name + " must be a whole number");
    }
    return Integer.valueOf(text);
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    return Times.parse(text).orElseThrow(() -> SvixErrors.badQuery(name + " " + Times.FORM));
  }

  /** Returns a set of values, which may be separated by commas, repeated, or named as an array. */
  Set<String> set(String name) {
    Set<String> all = new LinkedHashSet<>();
    for (String form : List.of(name, name + "[]")) {
      for (String text : values.getOrDefault(form, List.of())) {
        for (String part : text.split(",", -1)) {
          if (!part.isEmpty()) {
            all.add(part);
          }
        }
      }
    }
    return all;
  }

  /** Returns the page size: 0 to 250, by default 50. A page of 0 has no iterators, as with Svix. */
  int limit() {
    Integer limit = number("limit");
    if (limit != null && limit > MAX) {
      throw invalid("limit", "must be from 0 to " + MAX);
    }
    return limit == null ? DEFAULT_LIMIT : limit;
  }

  /** Returns whether a list is to be in descending order. */
  boolean isDescending(boolean fallback) {
    String order = text("order");
    if (order == null) {
      return fallback;
    }
    if (!order.equals("ascending") && !order.equals("descending")) {
      throw SvixErrors.badQuery("order must be ascending or descending");
    }
    return order.equals("descending");
  }

  /** Returns the 422 for a parameter with an invalid value. */
  static RuntimeException invalid(String name, String message) {
    return SvixErrors.invalid(List.of(Fault.of("query", name, message)));
  }

  /**
   * Returns the position of a page.
   *
   * @param prefix prefix of the list's ids; empty for any text
   * @return null for the first page
   */
  @Nullable IteratorPosition mark(String prefix) {
    String text = text("iterator");
    if (text == null || text.isEmpty()) {
      return null;
    }
    boolean back = text.startsWith("-");
    String id = back ? text.substring(1) : text;
    if (!id.startsWith(prefix)) {
      throw invalid("iterator", "must be the iterator of a page of this list");
    }
    return new IteratorPosition(id, back);
  }

  /**
   * The position of a page in a list.
   *
   * @param id the id of an entry adjacent to the page
   * @param back whether the page ends before that entry instead of beginning after it
   */
  record IteratorPosition(String id, boolean back) {}
}
