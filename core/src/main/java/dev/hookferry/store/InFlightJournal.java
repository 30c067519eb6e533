package dev.hookferry.store;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;

/**
 * Takes note of the deliveries that are being sent, in a place that the death of the process does
 * not wipe: so the next process knows which ones to suspect. Thread-safe. {@link #begin} and {@link
 * #end} are quick, never throw, and are for stores that can tell more exactly by them than by who
 * owned what.
 */
public interface InFlightJournal {
  /**
   * A delivery is about to be sent.
   *
   * @return the note, to be handed to {@link #end}
   */
  int begin(DeliveryId delivery);

  /** What this note was taken of has come to its end. */
  void end(int note);

  /**
   * A suspect is about to be sent while it is the only one of its node: if its owner is given up
   * from now on, {@link CrashSuspicion#afterDeath} begins from the word noted here. May block. The
   * note is the delivery's own, so it ends with the delivery's next result, and {@link #begin}
   * follows.
   *
   * <p>A store that notes nothing never finds that a delivery ends its processes.
   *
   * @param owner who sends it
   * @param trial what is held against it from now on
   * @return whether the owner owns it; if not, nothing was noted
   * @throws StoreException if that could not be noted
   */
  default boolean tryOut(Owner owner, Delivery delivery, CrashSuspicion trial) {
    return true;
  }

  /** Takes no notes. */
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
