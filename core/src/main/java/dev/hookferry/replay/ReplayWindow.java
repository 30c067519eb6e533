package dev.hookferry.replay;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which final deliveries a replay sends; null means any.
 *
 * @param since created at this time or later
 * @param until created before this time
 * @param endpoint to this endpoint
 * @param type of this event type
 * @param status in this final state
 */
public record ReplayWindow(
    Instant since,
    Instant until,
    @Nullable EndpointId endpoint,
    @Nullable EventType type,
    @Nullable DeliveryState status) {
  public ReplayWindow {
    if (until.isBefore(since)) {
      throw InvalidException.of("until", "must not be before since");
    }
    if (status != null && !status.isFinal()) {
      throw InvalidException.of(
          "status", "must be delivered, exhausted or cancelled; others are sent anyway");
    }
  }
}
