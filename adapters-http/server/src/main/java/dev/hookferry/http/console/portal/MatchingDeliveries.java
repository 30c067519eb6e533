package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.portal.deliveries.CaseSuggestion;
import dev.hookferry.http.console.portal.deliveries.RetryCounts;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that match a filter.
 *
 * @param next the query of the next page; null on the last
 * @param back the query field that links back to this page
 * @param count how many match
 * @param retry the link that retries all matches, or only the failed ones if the list shows any
 *     status
 * @param missed a note that events before a time may be missing; empty if none are
 * @param other the search in the letter case that finds something, if this one finds nothing;
 *     otherwise null
 */
public record MatchingDeliveries(
    List<PortalViews.Row> rows,
    @Nullable String next,
    String back,
    String count,
    RetryCounts.Offer retry,
    TimedText missed,
    @Nullable CaseSuggestion other) {
  static final MatchingDeliveries NOTHING =
      new MatchingDeliveries(
          List.of(), null, "", "", RetryCounts.Offer.NONE, TimedText.EMPTY, null);
}
