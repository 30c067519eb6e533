package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;

/**
 * The list from which a visitor came to a page, with its filters: all deliveries, or those that
 * were retried together. The query of each page on the way contains this link.
 *
 * @param path the path and query of the list; empty if there is none
 * @param label the list and its filters as text
 * @param query the query field that passes the link on; empty if there is none
 */
public record BackLink(String path, String label, String query) {
  /** No list. */
  public static final BackLink NONE = new BackLink("", "", "");

  private static final String FIELD = "back";
  private static final String SENT = "list";
  private static final String CURSOR = "cursor";
  private static final int MAX_LENGTH = 2_000;

  /** Returns the list in the query of a page. */
  public static BackLink of(FormValues query, PortalAccess access, Words words) {
    String text = query.text(FIELD);
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return NONE;
    }
    FormValues list = FormValues.parse(text);
    PortalFilter filter = new PortalFilter(list);
    if (list.has(SENT)) {
      String sent = list.queryWith(SENT, list.text(SENT));
      return new BackLink("/portal/deliveries/sent" + sent, words.text("nav.sent"), to(sent));
    }
    String own = list.has(CURSOR) ? filter.queryFrom(list.text(CURSOR)) : filter.query();
    String chips = FilterChips.line(filter, access, words);
    String all = words.text("nav.deliveries");
    String label = chips.isEmpty() ? all : words.text("form.labelled", all, chips);
    return new BackLink("/portal/deliveries" + own, label, to(own));
  }

  /** Returns the query field that links back to the list with the given query. */
  public static String to(String query) {
    return query.isEmpty() ? "" : field(query.substring(1));
  }

  private static String field(String text) {
    return FIELD + "=" + FormValues.encoded(text);
  }

  /** Returns the path and query of a page, extended to link back to this list. */
  public String on(String path) {
    return with(path, query);
  }

  /** Returns a path and query with one more query field, which may be empty. */
  public static String with(String path, String field) {
    return field.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + field;
  }
}
