package dev.hookferry.file.maintenance;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.CheckedInput;
import dev.hookferry.file.disk.CheckedOutput;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.pending.KeyChains;
import dev.hookferry.file.pending.KeyTurn;
import dev.hookferry.file.pending.NumberedNames;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.pending.PendingRows;
import dev.hookferry.file.search.OpenStore;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The pending deliveries stored in a file, so that a start need not read the whole journal. Written
 * while commits continue: concurrent changes may or may not be in it. Recovery corrects that by
 * reapplying the segment that was active when the checkpoint began, and all later ones.
 *
 * @param pending the pending deliveries
 * @param segment number of the segment that was active when writing it began
 * @param sequence sequence number of a line that was on disk when writing it began
 */
public record Checkpoint(PendingIndex pending, int segment, long sequence) {
  /** Name of the file. */
  public static final String NAME = "checkpoint";

  private static final long MAGIC = 0x686b_6663_686b_3032L;
  private static final int STRETCH = 4096;

  /** Writes a checkpoint. */
  public static void write(OpenStore parts) throws IOException {
    int segment;
    long sequence;
    synchronized (parts.journal()) {
      segment = parts.segments().active().number();
      sequence = parts.journal().end().sequence();
    }
    AtomicFile.write(
        parts.disk(),
        NAME,
        file -> {
          CheckedOutput out = new CheckedOutput(file);
          out.write(MAGIC).write(segment).write(sequence);
          writeRows(parts.pending(), out);
          synchronized (parts.pending()) {
            writeNames(parts.pending().names(), out);
            writeTurns(parts.pending().chains(), out);
          }
          out.end();
        });
  }

  private static void writeRows(PendingIndex pending, CheckedOutput out) throws IOException {
    int slot = 0;
    boolean hasMore = true;
    while (hasMore) {
      out.flushIfLarge();
      synchronized (pending) {
        PendingRows rows = pending.rows();
        int end = Math.min(slot + STRETCH, rows.slots());
        for (; slot < end; slot++) {
          if (rows.isUsed(slot)) {
            for (int field = 0; field < PendingRows.LINKS; field++) {
              out.write(rows.get(slot, field));
            }
          }
        }
        hasMore = slot < rows.slots();
      }
    }
    for (int field = 0; field < PendingRows.LINKS; field++) {
      out.write(0);
    }
  }

  private static void writeNames(NumberedNames names, CheckedOutput out) {
    out.write(names.endpoints().size());
    for (EndpointId endpoint : names.endpoints()) {
      out.write(endpoint.value().getMostSignificantBits());
      out.write(endpoint.value().getLeastSignificantBits());
    }
    out.write(names.kinds().size());
    for (NumberedNames.Kind kind : names.kinds()) {
      out.write(kind.site().value()).write(kind.type().name());
    }
  }

  private static void writeTurns(KeyChains chains, CheckedOutput out) {
    Set<UUID> all = chains.all();
    out.write(all.size());
    for (UUID id : all) {
      KeyTurn turn = Objects.requireNonNull(chains.turn(id));
      out.write(id.getMostSignificantBits()).write(id.getLeastSignificantBits());
      out.write(turn.position()).write(turn.state() == DeliveryState.BLOCKED ? 1 : 0);
      out.write(turn.key());
    }
  }

  private static void readTurns(CheckedInput in, PendingIndex pending) throws IOException {
    for (long i = in.readLong(); i > 0; i--) {
      UUID id = new UUID(in.readLong(), in.readLong());
      long position = in.readLong();
      DeliveryState state = in.readLong() == 1 ? DeliveryState.BLOCKED : DeliveryState.PENDING;
      pending.restore(id, new KeyTurn(in.readText(), position, state));
    }
  }

  /**
   * Reads the last checkpoint.
   *
   * @throws IOException if there is none or it is damaged
   */
  static Checkpoint read(Disk disk) throws IOException {
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      CheckedInput in = new CheckedInput(file);
      if (in.readLong() != MAGIC) {
        throw new IOException("it is not a checkpoint of this version");
      }
      PendingIndex pending = new PendingIndex();
      int segment = (int) in.readLong();
      long sequence = in.readLong();
      readRows(in, pending);
      readNames(in, pending.names());
      readTurns(in, pending);
      return new Checkpoint(pending, segment, sequence);
    } catch (RuntimeException e) {
      throw new IOException("it is damaged: " + e.getMessage(), e);
    }
  }

  private static void readRows(CheckedInput in, PendingIndex pending) throws IOException {
    long[] row = new long[PendingRows.WIDTH];
    while (true) {
      for (int field = 0; field < PendingRows.LINKS; field++) {
        row[field] = in.readLong();
      }
      if (row[PendingRows.EVENT] == 0) {
        return;
      }
      pending.restore(row);
    }
  }

  private static void readNames(CheckedInput in, NumberedNames names) throws IOException {
    for (long i = in.readLong(); i > 0; i--) {
      names.lane(new EndpointId(new UUID(in.readLong(), in.readLong())));
    }
    for (long i = in.readLong(); i > 0; i--) {
      names.kind(new NumberedNames.Kind(new SiteId(in.readText()), new EventType(in.readText())));
    }
  }

  /** Returns whether all events that it refers to are in these segments. */
  boolean fits(List<Integer> segments) {
    return segments.contains(segment) && segments.containsAll(pending.segments());
  }
}
