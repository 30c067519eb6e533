package dev.hookferry.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;

/**
 * Records which deliveries are in flight, in a place that survives a crash of the process, so that
 * the next process knows which ones to suspect. Thread-safe. {@link #begin} and {@link #end} are
 * fast and never throw; they serve stores for which ownership alone is too coarse.
 */
public interface InFlightJournal {
  /**
   * Records that a delivery is about to be sent.
   *
   * @return the note to pass to {@link #end}
   */
  int begin(DeliveryId delivery);

  /** Records that the attempt behind a note has ended. */
  void end(int note);

  /**
   * Records that a suspect is about to be sent as the only one in flight on its node: if its owner
   * is evicted from now on, {@link CrashSuspicion#afterDeath} begins from the word noted here. May
   * block. The note belongs to the delivery and is cleared by its next result, and {@link #begin}
   * follows.
   *
   * <p>A store without such notes cannot detect deliveries that crash their processes.
   *
   * @param owner the sender
   * @param trial the suspicion from now on
   * @return whether the owner owns it; if not, nothing was recorded
   * @throws StoreException if the note could not be written
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
