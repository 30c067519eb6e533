package dev.hookferry.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Result of a claim: deliveries that the claiming owner now owns.
 *
 * @param work the claimed deliveries; within an endpoint the longest due come first
 * @param nextDue due time of the earliest unowned delivery left for the claimed endpoints; in the
 *     past if the claim hit a limit; null if there is none
 */
public record ClaimResult(List<Work> work, @Nullable Instant nextDue) {
  public ClaimResult {
    Objects.requireNonNull(work, "work");
    work = List.copyOf(work);
  }

  /**
   * A delivery with the event that it carries.
   *
   * @param suspicion whether it is suspected of crashing its owners
   */
  public record Work(Delivery delivery, Event event, CrashSuspicion suspicion) {
    public Work {
      Objects.requireNonNull(delivery, "delivery");
      Objects.requireNonNull(event, "event");
      Objects.requireNonNull(suspicion, "suspicion");
    }

    /** Creates work without suspicion. */
    public Work(Delivery delivery, Event event) {
      this(delivery, event, CrashSuspicion.NONE);
    }
  }
}
