package dev.hookferry.port;

import dev.hookferry.delivery.DeliveryId;

/**
 * Takes note of the deliveries that are being sent, in a place that the death of the process does
 * not wipe: so the next process knows which ones to suspect. Quick, thread-safe, never throws. For
 * stores that can tell more exactly by it than by who owned what.
 */
public interface Flights {
  /**
   * A delivery is about to be sent.
   *
   * @return the note, to be handed to {@link #end}
   */
  int begin(DeliveryId delivery);

  /** What this note was taken of has come to its end. */
  void end(int note);

  /** Takes no notes. */
  static Flights none() {
    return new Flights() {
      @Override
      public int begin(DeliveryId delivery) {
        return -1;
      }

      @Override
      public void end(int note) {}
    };
  }
}
