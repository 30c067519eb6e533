package dev.hookferry.http.console.portal.figures;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.Undelivered;

/**
 * Deliveries of an endpoint that did not arrive, as shown on its page.
 *
 * @param failed how many have failed, as text; empty if none have
 * @param retry the text of the link that retries them; empty if none have failed
 * @param held how many others are sent once the endpoint is resumed, as text; empty if none
 * @param isAsked whether the visitor came to resume it
 */
public record MissedDeliveries(String failed, String retry, String held, boolean isAsked) {
  /**
   * Returns the numbers of an endpoint.
   *
   * @param isStopped whether the endpoint is paused or disabled
   * @param isAsked whether the visitor came to resume it
   */
  public static MissedDeliveries of(
      Endpoint endpoint, CustomerBacklog backlog, boolean isStopped, boolean isAsked, Words words) {
    MatchCount failed = backlog.failed(endpoint.id());
    Undelivered open = backlog.undelivered(endpoint.id());
    int sent = open.waiting() - open.behindBlocked();
    return new MissedDeliveries(
        failed.known() == 0 ? "" : words.count("failed.count", failed.known(), failed.more()),
        failed.known() == 0 ? "" : words.count("notice.retry", failed.known(), failed.more()),
        isStopped && sent > 0 ? words.count("resume.count", sent, open.more()) : "",
        isAsked);
  }
}
