package dev.hookferry.http.console.list;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The event types of the deliveries that a filter by a pattern finds, since a replay knows types
 * only by name.
 *
 * @param names sorted
 * @param more whether there are more deliveries than were read
 */
public record FoundTypes(Set<String> names, boolean more) {
  private static final String TYPE = "type";

  /** Set in the query if there are more than were read. */
  private static final String NEWEST = "newest";

  /** Reads the newest deliveries that match, up to the number at which lists stop counting. */
  public static FoundTypes of(DeliveryQuery query, Function<DeliveryQuery, Page<Delivery>> list) {
    Set<String> names = new TreeSet<>();
    PageRequest page = PageRequest.of(PageRequest.MAX_LIMIT);
    String next = null;
    int read = 0;
    do {
      Page<Delivery> found = list.apply(query.page(page.after(next)));
      found.data().forEach(delivery -> names.add(delivery.type().name()));
      read += found.data().size();
      next = found.next();
    } while (next != null && read < MatchCount.MOST);
    return new FoundTypes(names, next != null);
  }

  /** Returns a query with these names in the place of the pattern. */
  public String in(FormValues query) {
    FormValues named = query.with(TYPE, List.copyOf(names));
    return more ? named.queryWith(NEWEST, Integer.toString(MatchCount.MOST)) : named.query();
  }

  /** Returns that others than the named types may match, in sentences; empty if all are named. */
  public static String note(FormValues query) {
    return query.text(NEWEST).isEmpty()
        ? ""
        : "Only the event types of the newest "
            + NumberText.of(MatchCount.MOST)
            + " deliveries are chosen. Older ones of other types are left out.";
  }
}
