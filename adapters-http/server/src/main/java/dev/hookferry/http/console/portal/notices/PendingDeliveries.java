package dev.hookferry.http.console.portal.notices;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import java.time.Instant;

/**
 * The pending deliveries of an endpoint that has just passed a test.
 *
 * @param text how many there are and when they are sent; empty if there are none or this is unknown
 * @param send the text of the link that sends them now; empty if there are none, or they are being
 *     sent or rate limited
 */
public record PendingDeliveries(TimedText text, String send) {
  /** The value without deliveries. */
  public static final PendingDeliveries NONE = new PendingDeliveries(TimedText.EMPTY, "");

  /** Returns the deliveries that a disabled endpoint gets once it is resumed. */
  public static PendingDeliveries ofDisabled(
      Endpoint endpoint, CustomerBacklog backlog, Words words) {
    Undelivered open = backlog.undelivered(endpoint.id());
    int sent = open.waiting() - open.behindBlocked();
    String name = ShortName.of(endpoint);
    String text =
        sent == 0
            ? words.text("test.disabled", name)
            : words.count("test.disabled-held", sent, open.more(), name);
    return new PendingDeliveries(TimedText.of(text), "");
  }

  /**
   * Counts the pending deliveries.
   *
   * @param backlog the backlog of this endpoint only
   */
  public static PendingDeliveries of(
      EndpointId endpoint,
      CustomerBacklog backlog,
      EndpointHealth health,
      Words words,
      Instant now) {
    int count = backlog.openSince(Instant.MIN, DeliveryState.PENDING).size();
    if (count == 0 || health.isHeld()) {
      return NONE;
    }
    boolean more = backlog.isCut(Instant.MIN, DeliveryState.PENDING);
    Instant next = backlog.next(endpoint, health);
    if (next != null && !next.isAfter(now)) {
      return new PendingDeliveries(TimedText.of(words.count("test.pending-now", count, more)), "");
    }
    TimedText text =
        next == null
            ? TimedText.EMPTY
            : TimedText.of(
                words.count("test.pending", count, more, TimedText.TIME), words.time(next, now));
    boolean isLimited = PortalReasons.restsUntil(health, now).isPresent();
    String send = isLimited ? "" : words.count("test.send-pending", count, more);
    return new PendingDeliveries(text, send);
  }
}
