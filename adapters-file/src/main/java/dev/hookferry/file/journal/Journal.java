package dev.hookferry.file.journal;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.SpaceReserve;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.file.index.MemoryIndex;
import dev.hookferry.file.record.BatchBuffer;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.file.record.SegmentEnd;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * The writing end of the journal: appends batches and forces them to disk.
 *
 * <p>The active segment's file is preallocated with line breaks, so that most batches overwrite
 * existing bytes and forcing them need not change the file's length. Unused line breaks are cut off
 * when the segment or the store is closed. Not thread-safe: callers serialize access.
 */
public final class Journal {
  private static final int LARGEST_BATCH = 1 << 30;
  private static final int LARGEST_BLANK = 1 << 16;

  private final Disk disk;
  private final SegmentSizes sizes;
  private final FailStop health;
  private final Segments segments;
  private final InstantSource clock;
  private final byte[] blank;
  private final SpaceReserve reserve;
  private long allocated;

  /**
   * Whether an empty file for the next segment may already exist, because creating it failed
   * halfway. Its header continues from the current end of the active segment, so nothing more may
   * be appended to the active segment.
   */
  private boolean mustRoll;

  /** Continues after the last batch of the active segment, whose file must end there. */
  public Journal(
      Disk disk, SegmentSizes sizes, FailStop health, Segments segments, InstantSource clock) {
    this.disk = disk;
    this.sizes = sizes;
    this.health = health;
    this.segments = segments;
    this.clock = clock;
    this.blank = new byte[Math.min(sizes.preallocatedBytes(), LARGEST_BLANK)];
    Arrays.fill(blank, (byte) '\n');
    this.allocated = segments.active().end().length();
    this.reserve = new SpaceReserve(disk, sizes.preallocatedBytes());
  }

  /** Returns the disk space reserve, which decides whether there is room for new events. */
  public SpaceReserve reserve() {
    return reserve;
  }

  /** Returns the last line, after which the next batch begins. */
  public SegmentEnd end() {
    return segments.active().end();
  }

  /**
   * Appends a batch; it is durable when this returns. Begins a new segment first if the active one
   * is full. Blocks on disk I/O.
   *
   * @return offset in the active segment at which the batch begins
   * @throws RejectedBatchException if the batch exceeds 1 GiB; nothing was changed
   * @throws StoreException if the batch could not be written; nothing was changed
   * @throws dev.hookferry.store.UnknownOutcomeException if forcing or undoing the write failed; the
   *     store has stopped
   */
  public int append(BatchBuffer batch) {
    if (batch.size() > LARGEST_BATCH) {
      String size = "a batch of " + batch.size() + " bytes exceeds the limit of 1 GiB";
      throw new RejectedBatchException(size, new IllegalArgumentException(size));
    }
    SegmentEnd end = end();
    boolean isFull = end.length() + (long) batch.size() > sizes.segmentBytes() && hasRecords();
    if (isFull || mustRoll) {
      roll();
      end = end();
    }
    write(batch, end.length());
    segments
        .active()
        .grow(new SegmentEnd(batch.lastSequence(), batch.lastCrc(), end.length() + batch.size()));
    return end.length();
  }

  private boolean hasRecords() {
    return end().sequence() >= segments.active().header().first();
  }

  private void write(BatchBuffer batch, int offset) {
    boolean[] isWritten = new boolean[1];
    try {
      Uninterrupted.run(
          () -> {
            isWritten[0] = false;
            put(batch, offset);
            isWritten[0] = true;
            segments.active().file().force();
          });
    } catch (IOException | RuntimeException e) {
      if (isWritten[0]) {
        throw health.fail("forcing a write to disk", e);
      }
      truncateTo(offset, e);
      if (e instanceof IOException
          && reserve.release(batch.size() + (long) sizes.preallocatedBytes())) {
        write(batch, offset);
        return;
      }
      throw new StoreException(
          "writing to " + disk + " failed, nothing was changed: " + e.getMessage(), e);
    }
  }

  private void put(BatchBuffer batch, int offset) throws IOException {
    DiskFile file = segments.active().file();
    long end = offset + (long) batch.size();
    file.write(ByteBuffer.wrap(batch.array(), 0, batch.size()), offset);
    if (end > allocated) {
      preallocate(file, end);
      allocated = end + sizes.preallocatedBytes();
    }
  }

  private void preallocate(DiskFile file, long from) throws IOException {
    int size = sizes.preallocatedBytes();
    for (int done = 0; done < size; done += blank.length) {
      int length = Math.min(blank.length, size - done);
      file.write(ByteBuffer.wrap(blank, 0, length), from + done);
    }
  }

  private void truncateTo(int offset, Exception why) {
    try {
      Uninterrupted.run(() -> segments.active().file().truncate(offset));
      allocated = offset;
    } catch (IOException | RuntimeException e) {
      e.addSuppressed(why);
      throw health.fail("undoing a failed write", e);
    }
  }

  /** Closes the active segment and begins the next one. */
  public void roll() {
    trim();
    Segment old = segments.active();
    HeaderRecord header = new HeaderRecord(old.number() + 1, old.end().sequence() + 1, 0);
    try {
      Segment[] next = new Segment[1];
      Uninterrupted.run(() -> next[0] = create(disk, header, old.end().crc(), clock));
      segments.add(next[0]);
      mustRoll = false;
      allocated = end().length();
    } catch (IOException | RuntimeException e) {
      mustRoll = mayExist(Segment.journalName(header.number()));
      if (e instanceof IOException && reserve.release(sizes.preallocatedBytes())) {
        roll();
        return;
      }
      throw new StoreException(
          "creating a journal file in " + disk + " failed, nothing was changed: " + e.getMessage(),
          e);
    }
  }

  private boolean mayExist(String name) {
    try {
      return disk.list().contains(name);
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  /** Creates an empty segment. */
  public static Segment create(Disk disk, HeaderRecord header, int chain, InstantSource clock)
      throws IOException {
    byte[] line = BatchBuffer.header(header, chain, clock.instant());
    String name = Segment.journalName(header.number());
    AtomicFile.write(disk, name, List.of(ByteBuffer.wrap(line)));
    return new Segment(
        header,
        disk.open(name, Disk.Access.WRITE),
        disk,
        new SegmentEnd(header.first() - 1, chain, line.length),
        new MemoryIndex());
  }

  /** Cuts off the preallocated bytes after the last batch of the active segment. */
  public void trim() {
    int length = end().length();
    try {
      Uninterrupted.run(() -> segments.active().file().truncate(length));
      allocated = length;
    } catch (IOException | RuntimeException e) {
      throw health.fail("closing a segment", e);
    }
  }
}
