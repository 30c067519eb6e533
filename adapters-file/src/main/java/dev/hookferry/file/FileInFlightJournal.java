package dev.hookferry.file;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are being sent, in bytes that outlive the process. Never forced: what a loss of
 * power takes along would blame nobody anyway.
 */
final class FileInFlightJournal implements InFlightJournal {
  /** The name of the file. */
  static final String NAME = "flights";

  private static final int SLOTS = 4096;
  private static final int WIDTH = 2 * Long.BYTES;

  /** The slot of the delivery that is on trial. */
  private static final int TRIAL = SLOTS - 1;

  private static final UUID NOTHING = new UUID(0, 0);

  /** How many bytes it needs. */
  static final int BYTES = SLOTS * WIDTH;

  private final ByteBuffer bytes;
  private final Deque<Integer> free = new ArrayDeque<>(SLOTS);
  private final Set<DeliveryId> found = new LinkedHashSet<>();
  private final @Nullable DeliveryId tried;

  /** Goes on with the notes of an earlier process. */
  FileInFlightJournal(ByteBuffer bytes) {
    this.bytes = bytes;
    for (int slot = 0; slot < TRIAL; slot++) {
      UUID id = read(slot);
      if (!id.equals(NOTHING)) {
        found.add(new DeliveryId(id));
      }
      free.addLast(slot);
    }
    UUID onTrial = read(TRIAL);
    tried = onTrial.equals(NOTHING) ? null : new DeliveryId(onTrial);
  }

  /** What the earlier process was sending when it ended. */
  Set<DeliveryId> found() {
    return Set.copyOf(found);
  }

  /** What the earlier process was trying out, as the only suspect; null if it was not. */
  @Nullable DeliveryId tried() {
    return tried;
  }

  /** Forgets everything, once it was heeded, or at an orderly end. */
  synchronized void clear() {
    for (int at = 0; at < BYTES; at += Long.BYTES) {
      bytes.putLong(at, 0);
    }
  }

  @Override
  public synchronized int begin(DeliveryId delivery) {
    if (read(TRIAL).equals(delivery.value())) {
      return TRIAL;
    }
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
      write(note, NOTHING);
      if (note != TRIAL) {
        free.addFirst(note);
      }
    }
  }

  /** There is one trial at a time, so it has a place of its own; which one it is, the row tells. */
  @Override
  public synchronized boolean tryOut(Owner owner, Delivery delivery, CrashSuspicion trial) {
    write(TRIAL, delivery.id().value());
    return true;
  }

  private UUID read(int slot) {
    return new UUID(bytes.getLong(slot * WIDTH), bytes.getLong(slot * WIDTH + Long.BYTES));
  }

  private void write(int slot, UUID id) {
    bytes.putLong(slot * WIDTH, id.getMostSignificantBits());
    bytes.putLong(slot * WIDTH + Long.BYTES, id.getLeastSignificantBits());
  }
}
