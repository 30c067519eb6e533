package dev.hookferry.http.console.list;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.text.FormValues;
import java.util.List;

/**
 * The list from which a user opened a page that acts on everything that matches.
 *
 * @param nav the navigation entry of the list
 * @param query the query of the list
 */
public record ListOrigin(Nav nav, String query) {
  /** The query parameter that names the list, if it is not that of deliveries. */
  private static final String NAME = "list";

  /** The value of the parameter for the retry queue. */
  private static final String RETRY_QUEUE = "retry-queue";

  /** Returns the list of a filter, as given in the URL. */
  public static ListOrigin of(ListFilter filter) {
    FormValues query = filter.query();
    if (!query.text(NAME).equals(RETRY_QUEUE)) {
      return new ListOrigin(Nav.DELIVERIES, query.query());
    }
    FormValues ofQueue = query.without(NAME).without(ListFilter.STATUS);
    String state = query.text(ListFilter.STATUS);
    return new ListOrigin(
        Nav.RETRY_QUEUE, state.isEmpty() ? ofQueue.query() : ofQueue.queryWith("state", state));
  }

  /** Returns the query of the page that retries all matches of the retry queue in one state. */
  public static String retryAll(ListFilter filter, DeliveryState state) {
    return filter
        .queryOfAll()
        .without("state")
        .with(ListFilter.STATUS, List.of(state.code()))
        .queryWith(NAME, RETRY_QUEUE);
  }

  /** Returns whether the list is the retry queue, which shows deliveries in one state. */
  public boolean isRetryQueue() {
    return nav == Nav.RETRY_QUEUE;
  }
}
