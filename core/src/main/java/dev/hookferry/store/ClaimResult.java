package dev.hookferry.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a claim brought; the claiming owner owns these deliveries now.
 *
 * @param work the longest due first within an endpoint
 * @param nextDue when the earliest delivery is due that nobody owns and that is left for the
 *     claimed endpoints; in the past if there was more than room for; null if there is none
 */
public record ClaimResult(List<Work> work, @Nullable Instant nextDue) {
  public ClaimResult {
    work = List.copyOf(work);
  }

  /**
   * A delivery with the event that it carries.
   *
   * @param suspicion what is held against it
   */
  public record Work(Delivery delivery, Event event, CrashSuspicion suspicion) {
    /** One that nothing is held against. */
    public Work(Delivery delivery, Event event) {
      this(delivery, event, CrashSuspicion.NONE);
    }
  }
}
