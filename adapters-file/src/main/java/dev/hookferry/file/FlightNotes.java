package dev.hookferry.file;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.port.Flights;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which deliveries are being sent, in bytes that outlive the process. Never forced: what a loss of
 * power takes along would blame nobody anyway.
 */
final class FlightNotes implements Flights {
  /** The name of the file. */
  static final String NAME = "flights";

  private static final int SLOTS = 4096;
  private static final int WIDTH = 2 * Long.BYTES;

  /** How many bytes it needs. */
  static final int BYTES = SLOTS * WIDTH;

  private final ByteBuffer bytes;
  private final Deque<Integer> free = new ArrayDeque<>(SLOTS);
  private final Set<DeliveryId> found = new LinkedHashSet<>();

  /** Goes on with the notes of an earlier process. */
  FlightNotes(ByteBuffer bytes) {
    this.bytes = bytes;
    for (int slot = 0; slot < SLOTS; slot++) {
      long high = bytes.getLong(slot * WIDTH);
      long low = bytes.getLong(slot * WIDTH + Long.BYTES);
      if (high != 0 || low != 0) {
        found.add(new DeliveryId(new UUID(high, low)));
      }
      free.addLast(slot);
    }
  }

  /** What the earlier process was sending when it ended. */
  Set<DeliveryId> found() {
    return Set.copyOf(found);
  }

  /** Forgets everything, once it was heeded, or at an orderly end. */
  synchronized void clear() {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      bytes.putLong(at, 0);
    }
  }

  @Override
  public synchronized int begin(DeliveryId delivery) {
    Integer slot = free.pollFirst();
    if (slot == null) {
      return -1;
    }
    write(slot, delivery.value());
    return slot;
  }

  @Override
  public synchronized void end(int note) {
    if (note >= 0) {
      write(note, new UUID(0, 0));
      free.addFirst(note);
    }
  }

  private void write(int slot, UUID id) {
    bytes.putLong(slot * WIDTH, id.getMostSignificantBits());
    bytes.putLong(slot * WIDTH + Long.BYTES, id.getLeastSignificantBits());
  }
}
