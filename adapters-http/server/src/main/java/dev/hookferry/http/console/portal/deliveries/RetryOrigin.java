package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.Optional;

/**
 * The page from which a customer began to retry deliveries: the first page, that of an endpoint, or
 * a list with filters. The query of each page on the way contains it.
 *
 * @param path the path and query of that page
 * @param label the text of the link that leads back
 * @param query the query that passes it on, with the filters
 */
public record RetryOrigin(String path, String label, String query) {
  private static final String FIELD = "from";

  /** The query parameter for the start of the deliveries, as in the list. */
  public static final String CURSOR = "cursor";

  private static final String ARROW = "← ";
  private static final String HOME = "home";
  private static final String ENDPOINT = "endpoint";

  /** Returns the page in a query; the list with the filters of the query, by default. */
  public static RetryOrigin of(FormValues query, PortalAccess access, Words words) {
    PortalFilter filter = new PortalFilter(query);
    if (query.text(FIELD).equals(HOME)) {
      String own = withCursor(filter.queryWith(FIELD, HOME), query);
      return to("/portal/", words.text("nav.home"), own);
    }
    Optional<Endpoint> endpoint =
        query.text(FIELD).equals(ENDPOINT)
            ? access.endpoints().stream()
                .filter(one -> one.id().toString().equals(filter.text("endpoint")))
                .findFirst()
            : Optional.empty();
    return endpoint
        .map(
            one ->
                to(
                    "/portal/endpoints/" + one.id(),
                    ShortName.of(one),
                    withCursor(filter.queryWith(FIELD, ENDPOINT), query)))
        .orElseGet(
            () ->
                to(
                    "/portal/deliveries" + withCursor(filter.query(), query),
                    words.text("nav.deliveries"),
                    withCursor(filter.query(), query)));
  }

  /**
   * Returns the query that passes on the fields of another query, for the deliveries behind those
   * that were retried. The period ends with the millisecond of the oldest of them, since others may
   * share it.
   */
  public static String after(
      ResentBatches.Kept kept, FormValues query, PortalAccess access, Words words, Instant now) {
    FormValues rest = PortalPeriod.before(query, kept.oldest().plusMillis(1), now);
    FormValues from =
        kept.next().isEmpty()
            ? rest
            : FormValues.parse(rest.queryWith(CURSOR, kept.next()).substring(1));
    return of(from, access, words).query();
  }

  /** Passes on where the deliveries begin. */
  private static String withCursor(String made, FormValues query) {
    String cursor = query.text(CURSOR);
    return cursor.isEmpty()
        ? made
        : made + (made.isEmpty() ? "?" : "&") + CURSOR + "=" + FormValues.encoded(cursor);
  }

  /** Returns the name of the page to which it leads back. */
  public String name() {
    return label.substring(ARROW.length());
  }

  private static RetryOrigin to(String path, String name, String query) {
    return new RetryOrigin(path, ARROW + name, query);
  }
}
