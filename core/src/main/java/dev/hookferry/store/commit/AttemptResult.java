package dev.hookferry.store.commit;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Result of processing a delivery that the committing owner owns. The commit gives up ownership:
 * the delivery is final, or pending until it is claimed again.
 *
 * @param delivery the new state of the delivery
 * @param attempt the attempt to add to the log, or null if none was made (because of a
 *     cancellation, or a local failure that postpones the delivery)
 * @param suspicion the new crash suspicion of the delivery while it is pending
 */
public record AttemptResult(
    Delivery delivery, @Nullable Attempt attempt, CrashSuspicion suspicion) {
  public AttemptResult {
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(suspicion, "suspicion");
  }

  /** Creates a result that clears any suspicion. */
  public AttemptResult(Delivery delivery, @Nullable Attempt attempt) {
    this(delivery, attempt, CrashSuspicion.NONE);
  }
}
