package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.Optional;

/**
 * The page from which a customer began to send deliveries again: the first page, that of an
 * endpoint, or a list with filters. The query of each page on the way names it.
 *
 * @param path the path and query of that page
 * @param label the text of the link that leads back
 * @param query the query that passes it on, with the filters
 */
public record ListOrigin(String path, String label, String query) {
  private static final String FIELD = "from";
  private static final String HOME = "home";
  private static final String ENDPOINT = "endpoint";

  /** Returns the page that a query names; the list with the filters of the query, by default. */
  public static ListOrigin of(FormValues query, PortalAccess access, Words words) {
    PortalFilter filter = new PortalFilter(query);
    if (query.text(FIELD).equals(HOME)) {
      return to("/portal/", words.text("nav.home"), filter.queryWith(FIELD, HOME));
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
                    filter.queryWith(FIELD, ENDPOINT)))
        .orElseGet(
            () ->
                to(
                    "/portal/deliveries" + filter.query(),
                    words.text("nav.deliveries"),
                    filter.query()));
  }

  /**
   * Returns the query that passes on what another query does, without deliveries that were created
   * after a time. Those created within its millisecond stay, since some of them may be left.
   */
  public static String upTo(
      Instant newest, FormValues query, PortalAccess access, Words words, Instant now) {
    return of(PortalPeriod.before(query, newest.plusMillis(1), now), access, words).query();
  }

  private static ListOrigin to(String path, String name, String query) {
    return new ListOrigin(path, "← " + name, query);
  }
}
