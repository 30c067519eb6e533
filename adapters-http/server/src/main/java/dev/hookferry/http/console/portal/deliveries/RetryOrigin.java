package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.Optional;

/**
 * The page from which a customer started a retry: the first page, an endpoint's page, or a list
 * with filters. The query of each page on the way contains it.
 *
 * @param path the path and query of that page
 * @param label the text of the link that leads back
 * @param query the query that passes this origin on, with the filters
 */
public record RetryOrigin(String path, String label, String query) {
  private static final String FIELD = "from";

  /** The query parameter for the start of the deliveries, as in the list. */
  public static final String CURSOR = "cursor";

  private static final String ARROW = "← ";
  private static final String HOME = "home";
  private static final String ENDPOINT = "endpoint";

  /** Returns the page named in a query, or by default the list with the query's filters. */
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
   * Returns the query for the deliveries older than those that were retried, with the fields of
   * another query. The period includes the millisecond of the oldest retried one, because others
   * may share it.
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

  /** Passes on the start of the deliveries. */
  private static String withCursor(String made, FormValues query) {
    String cursor = query.text(CURSOR);
    return cursor.isEmpty()
        ? made
        : made + (made.isEmpty() ? "?" : "&") + CURSOR + "=" + FormValues.encoded(cursor);
  }

  /** Returns the name of the origin page. */
  public String name() {
    return label.substring(ARROW.length());
  }

  private static RetryOrigin to(String path, String name, String query) {
    return new RetryOrigin(path, ARROW + name, query);
  }
}
