package dev.hookferry.http.console.list;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The event types of the deliveries that match a type pattern. Needed because a replay supports
 * only exact type names.
 *
 * @param names sorted
 * @param read number of newest matching deliveries from which the types were read
 * @param more whether there may be older deliveries, of other types
 */
public record MatchingTypes(SortedSet<String> names, int read, boolean more) {
  /** The result when nothing was searched for. */
  public static final MatchingTypes NONE =
      new MatchingTypes(Collections.emptySortedSet(), 0, false);

  private static final String TYPE = "type";

  /** Query parameter with the number of deliveries that were read; set if there may be more. */
  static final String NEWEST = "newest";

  /** Query parameter with the types as typed, including the patterns for which names were found. */
  static final String PATTERN = "pattern";

  /** The maximum number of types of a replay. */
  private static final int MAX_NAMES = 100;

  /** Maximum length of the names in a URL. The server accepts URLs of up to 16 KiB. */
  private static final int MAX_TEXT = 8 * 1024;

  /** A search by pattern reads many deliveries that do not match, so it stops early. */
  private static final int MAX_CALLS = 4;

  /**
   * Reads the newest deliveries that match: up to the number at which lists stop counting, and to
   * 100 types.
   */
  public static MatchingTypes of(
      DeliveryQuery query, Function<DeliveryQuery, Page<Delivery>> list) {
    SortedSet<String> names = new TreeSet<>();
    PageRequest page = PageRequest.of(PageRequest.MAX_LIMIT);
    String next = null;
    int read = 0;
    int text = 0;
    int calls = 0;
    do {
      Page<Delivery> found = list.apply(query.page(page.after(next)));
      for (Delivery delivery : found.data()) {
        String name = delivery.type().name();
        if (!names.contains(name)) {
          text += ("&" + TYPE + "=" + FormValues.encoded(name)).length();
          if (names.size() == MAX_NAMES || text > MAX_TEXT) {
            return new MatchingTypes(names, read, true);
          }
          names.add(name);
        }
        read++;
      }
      next = found.next();
      calls++;
    } while (next != null && read < MatchCount.MAX && calls < MAX_CALLS);
    return new MatchingTypes(names, read, next != null);
  }

  /**
   * Returns a query in which these names replace the pattern, which is preserved in another
   * parameter.
   */
  public String replacing(FormValues query) {
    FormValues named = query.with(PATTERN, query.texts(TYPE)).with(TYPE, List.copyOf(names));
    return more ? named.queryWith(NEWEST, Integer.toString(read)) : named.query();
  }

  /** Returns a note that other types may match too, in sentences; empty if all are listed. */
  public static String note(FormValues query) {
    String read = query.text(NEWEST);
    if (!read.matches("[0-9]{1,4}")) {
      return "";
    }
    int types = query.texts(TYPE).size();
    return "Only "
        + NumberText.counted(types, "event type")
        + (types == 1 ? " is" : " are")
        + " chosen: those of the newest "
        + new MatchCount(Integer.parseInt(read), false).of("delivery", "deliveries")
        + " that match. Older ones of other types are left out.";
  }
}
