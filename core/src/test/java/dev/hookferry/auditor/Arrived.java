package dev.hookferry.auditor;

import dev.hookferry.event.Payload;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import java.time.Instant;
import java.util.Map;

/**
 * A request as its receiver wrote it down.
 *
 * @param sender which process sent it, as far as that is known
 * @param number which attempt it says to be
 * @param begun when it came
 * @param ended when it was answered, or given up by either side
 * @param status what it was answered, or 0 if nothing was
 * @param headers as they came
 */
public record Arrived(
    EndpointId endpoint,
    String sender,
    DeliveryId delivery,
    EventId event,
    int number,
    Instant begun,
    Instant ended,
    int status,
    Payload body,
    Map<String, String> headers) {
  public Arrived {
    headers = Map.copyOf(headers);
  }

  boolean isTaken() {
    return status >= 200 && status < 300;
  }
}
