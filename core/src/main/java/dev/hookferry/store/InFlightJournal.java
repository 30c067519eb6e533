package dev.hookferry.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;

/**
 * Journal of deliveries in flight that survives a crash of the process, so that the next process
 * can tell which deliveries to suspect. Thread-safe. {@link #begin} and {@link #end} are fast and
 * never throw; they are for stores in which ownership alone is too coarse.
 */
public interface InFlightJournal {
  /**
   * Records that a delivery is about to be sent.
   *
   * @return a note to pass to {@link #end}
   */
  int begin(DeliveryId delivery);

  /** Records that the attempt with this note has ended. */
  void end(int note);

  /**
   * Records that a suspect is about to be sent as the only suspect in flight on its node. If its
   * owner is evicted later, {@link CrashSuspicion#afterDeath} is applied to the suspicion recorded
   * here. May block. The record belongs to the delivery, and its next result clears it. {@link
   * #begin} is called afterwards.
   *
   * <p>A store that does not record trials cannot detect deliveries that crash their processes.
   *
   * @param owner the owner that sends the delivery
   * @param trial the new suspicion
   * @return whether the owner owns the delivery; if not, nothing was recorded
   * @throws StoreException if the trial could not be recorded
   */
  default boolean beginTrial(Owner owner, Delivery delivery, CrashSuspicion trial) {
    return true;
  }

  /** Returns a journal that records nothing. */
  static InFlightJournal none() {
    return new InFlightJournal() {
      @Override
      public int begin(DeliveryId delivery) {
        return -1;
      }

      @Override
      public void end(int note) {}
    };
  }
}
