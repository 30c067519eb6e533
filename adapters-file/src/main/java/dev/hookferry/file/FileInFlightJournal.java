package dev.hookferry.file;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A memory-mapped journal of in-flight deliveries, which survives a crash of the process.
 * Thread-safe.
 *
 * <p>It is never forced to disk. A power failure is no delivery's fault, so losing the notes to one
 * does no harm.
 */
final class FileInFlightJournal implements InFlightJournal {
  private static final System.Logger LOG = System.getLogger(FileInFlightJournal.class.getName());

  /** Name of the file. */
  static final String NAME = "flights";

  private static final int SLOTS = 4096;
  private static final int WIDTH = 2 * Long.BYTES;

  /** Slot reserved for the delivery on trial. */
  private static final int TRIAL = SLOTS - 1;

  private static final UUID NOTHING = new UUID(0, 0);

  /** Size of the file, in bytes. */
  static final int BYTES = SLOTS * WIDTH;

  private final ByteBuffer bytes;
  private final Deque<Integer> free = new ArrayDeque<>(SLOTS);
  private final Set<DeliveryId> found = new LinkedHashSet<>();
  private final @Nullable DeliveryId suspectOnTrial;

  /** Reads the notes that an earlier process left in the buffer, and continues in it. */
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
    suspectOnTrial = onTrial.equals(NOTHING) ? null : new DeliveryId(onTrial);
  }

  /** Opens the journal of a disk. */
  static FileInFlightJournal on(Disk disk) throws IOException {
    return new FileInFlightJournal(disk.notes(NAME, BYTES));
  }

  /** Reads the journal without changing the disk; has no notes if the file does not exist. */
  static FileInFlightJournal read(Disk disk) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    if (disk.list().contains(NAME)) {
      try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
        file.read(bytes.duplicate(), 0);
      }
    }
    return new FileInFlightJournal(bytes);
  }

  /**
   * Returns the crash suspicion of a pending delivery, updated for how the earlier process ended.
   */
  CrashSuspicion after(DeliveryId delivery, CrashSuspicion before) {
    if (delivery.equals(suspectOnTrial)) {
      return before.onTrial().afterDeath();
    }
    return found.contains(delivery) ? before.afterDeath() : before;
  }

  /** Returns the deliveries that were in flight when the earlier process ended. */
  Set<DeliveryId> found() {
    return Set.copyOf(found);
  }

  /**
   * Returns the delivery that was on trial, alone, when the earlier process ended; null if none
   * was.
   */
  @Nullable DeliveryId suspectOnTrial() {
    return suspectOnTrial;
  }

  /**
   * Logs that the previous process was killed or crashed, if it left notes. An orderly shutdown
   * leaves none.
   *
   * @param pending counts pending deliveries
   */
  void reportCrash(Disk disk, LongSupplier pending) {
    int unfinished = found.size() + (suspectOnTrial == null ? 0 : 1);
    if (unfinished > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "previous run ended without a clean stop: requests in flight may be sent twice"
              + " pending={0} inFlight={1} directory={2}",
          Long.toString(pending.getAsLong()),
          Integer.toString(unfinished),
          disk);
    }
  }

  /** Clears all notes, after they have been handled or at an orderly shutdown. */
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

  /** Notes the delivery in the slot reserved for trials; only one trial runs at a time. */
  @Override
  public synchronized boolean beginTrial(Owner owner, Delivery delivery, CrashSuspicion trial) {
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
