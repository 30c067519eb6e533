package dev.hookferry.http.console.portal.figures;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;

/**
 * The failed and unfinished deliveries to an endpoint, as shown in a list of endpoints.
 *
 * @param failed the number of failed ones; empty if there are none
 * @param pending the number of unfinished ones
 * @param held a note that they are on hold; empty if they are not
 */
public record MissedCounts(String failed, String pending, String held) {
  /** Returns the numbers of an endpoint. */
  public static MissedCounts of(
      Endpoint endpoint, EndpointHealth health, CustomerBacklog all, Words words) {
    MatchCount failed = all.failed(endpoint.id());
    Undelivered open = all.undelivered(endpoint.id());
    boolean isCut = open.waiting() > 0 && open.more();
    boolean isHeld = open.waiting() > 0 && health.isHeld();
    return new MissedCounts(
        failed.known() == 0 ? "" : words.number(failed.known(), failed.more()),
        words.number(open.waiting(), isCut),
        isHeld ? words.count("figures.on-hold", open.waiting(), isCut) : "");
  }
}
