package dev.hookferry.http.console.portal.figures;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.Undelivered;

/**
 * Deliveries of an endpoint that did not arrive, as its page shows them.
 *
 * @param failed how many have failed, in words; empty if none have
 * @param retry the text of the link that sends them again; empty if none have failed
 * @param isHeld whether others are on hold
 */
public record MissedDeliveries(String failed, String retry, boolean isHeld) {
  /** Returns the numbers of an endpoint. */
  public static MissedDeliveries of(Endpoint endpoint, CustomerBacklog backlog, Words words) {
    MatchCount failed = backlog.failed(endpoint.id());
    Undelivered open = backlog.undelivered(endpoint.id());
    return new MissedDeliveries(
        failed.known() == 0 ? "" : words.count("failed.count", failed.known(), failed.more()),
        failed.known() == 0 ? "" : words.count("notice.retry", failed.known(), failed.more()),
        !endpoint.enabled() && open.waiting() > 0);
  }
}
