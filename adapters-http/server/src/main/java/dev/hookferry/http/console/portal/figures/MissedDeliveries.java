package dev.hookferry.http.console.portal.figures;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import java.time.Instant;
import java.util.List;

/**
 * Deliveries of an endpoint that did not arrive, as shown on its page.
 *
 * @param failed how many have failed, as text; empty if none have
 * @param retry the text of the link that retries them; empty if none have failed
 * @param held how many others are sent once the endpoint is resumed, as text; empty if none
 * @param isAsked whether the visitor came to resume it
 * @param waiting how many of a working endpoint wait for a retry, as text; empty if none
 * @param next when the first of these is due
 * @param send the text of the link that sends them now
 */
public record MissedDeliveries(
    String failed,
    String retry,
    String held,
    boolean isAsked,
    String waiting,
    DisplayTime next,
    String send) {
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
        isAsked,
        "",
        DisplayTime.EMPTY,
        "");
  }

  /**
   * Returns these numbers with the deliveries that still wait for a retry if the endpoint works.
   */
  public MissedDeliveries with(
      EndpointId endpoint,
      CustomerBacklog backlog,
      EndpointHealth health,
      Words words,
      Instant now) {
    List<Delivery> pending = backlog.openSince(Instant.MIN, DeliveryState.PENDING);
    boolean isLate = pending.stream().anyMatch(one -> one.attempts() > 0);
    Instant next = backlog.next(endpoint, health);
    boolean isWorking = health.state() == EndpointHealth.State.WORKING && health.failures() == 0;
    if (!isLate || !isWorking || next == null || !next.isAfter(now)) {
      return this;
    }
    boolean more = backlog.isCut(Instant.MIN, DeliveryState.PENDING);
    return new MissedDeliveries(
        failed,
        retry,
        held,
        isAsked,
        words.count("endpoint.waiting", pending.size(), more),
        words.due(next, now),
        words.count("test.send-pending", pending.size(), more));
  }
}
