package dev.hookferry.store.commit;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What became of a delivery that the committing owner owns. Once it is committed, nobody owns the
 * delivery: it is final, or pending until it is claimed again.
 *
 * @param delivery as it is from now on
 * @param attempt the attempt to add to the log, or null if none was made (a cancellation, or a
 *     failure of ours, which postpones the delivery)
 * @param suspicion what is held against the delivery from now on, while it is pending
 */
public record AttemptResult(
    Delivery delivery, @Nullable Attempt attempt, CrashSuspicion suspicion) {
  /** A result after which nothing is held against the delivery. */
  public AttemptResult(Delivery delivery, @Nullable Attempt attempt) {
    this(delivery, attempt, CrashSuspicion.NONE);
  }
}
