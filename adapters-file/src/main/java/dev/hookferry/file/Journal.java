package dev.hookferry.file;

import dev.hookferry.file.JournalRecord.HeaderRecord;
import dev.hookferry.port.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * The writing end: puts batches behind the last one and forces them to the disk. Behind the batches
 * the file of the active segment has line breaks, so that most batches overwrite what is there
 * already and forcing them need not change the file's length; they are cut off when the segment or
 * the store is closed. Used by one thread at a time.
 */
final class Journal {
  private static final int LARGEST_BATCH = 1 << 30;

  private final Disk disk;
  private final FileStoreOptions options;
  private final FailStop health;
  private final Segments segments;
  private final InstantSource clock;
  private final byte[] blank;
  private long allocated;

  /** Goes on after the last batch of the active segment, whose file ends there. */
  Journal(
      Disk disk,
      FileStoreOptions options,
      FailStop health,
      Segments segments,
      InstantSource clock) {
    this.disk = disk;
    this.options = options;
    this.health = health;
    this.segments = segments;
    this.clock = clock;
    this.blank = new byte[options.preallocatedBytes()];
    Arrays.fill(blank, (byte) '\n');
    this.allocated = segments.active().end().length();
  }

  /** The last line, after which batches begin. */
  End end() {
    return segments.active().end();
  }

  /**
   * Writes a batch; it is durable when this returns. Whatever throws before anything was written
   * leaves the journal as it was.
   *
   * @return where in the active segment the batch begins
   */
  int append(BatchBuffer batch) {
    if (batch.size() > LARGEST_BATCH) {
      throw new StoreException("a batch of " + batch.size() + " bytes is more than 1 GiB at once");
    }
    End end = end();
    if (end.length() + (long) batch.size() > options.segmentBytes() && hasRecords()) {
      roll();
      end = end();
    }
    write(batch, end.length());
    segments
        .active()
        .grow(new End(batch.lastSequence(), batch.lastCrc(), end.length() + batch.size()));
    return end.length();
  }

  private boolean hasRecords() {
    return end().sequence() >= segments.active().header().first();
  }

  private void write(BatchBuffer batch, int offset) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          put(batch, offset);
          force();
          return;
        } catch (ClosedByInterruptException e) {
          // What an interrupted write or force has done is unknown, so both are done again.
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void put(BatchBuffer batch, int offset) throws ClosedByInterruptException {
    DiskFile file = segments.active().file();
    int size = batch.size();
    try {
      file.write(ByteBuffer.wrap(batch.array(), 0, size), offset);
      if (offset + (long) size > allocated) {
        file.write(ByteBuffer.wrap(blank), offset + (long) size);
        allocated = offset + (long) size + blank.length;
      }
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      takeBack(offset, e);
      throw new StoreException(
          "writing to " + disk + " failed, nothing was changed: " + e.getMessage(), e);
    }
  }

  private void takeBack(int offset, Exception why) {
    try {
      segments.active().file().truncate(offset);
      segments.active().file().force();
      allocated = offset;
    } catch (IOException | RuntimeException e) {
      e.addSuppressed(why);
      throw health.fail("taking back what could not be written", e);
    }
  }

  private void force() throws ClosedByInterruptException {
    try {
      segments.active().file().force();
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw health.fail("forcing a write to the disk", e);
    }
  }

  /** Closes the active segment and begins the next one. */
  void roll() {
    Segment old = segments.active();
    trim();
    try {
      HeaderRecord header = new HeaderRecord(old.number() + 1, old.end().sequence() + 1, 0);
      segments.add(create(disk, header, old.end().crc(), clock));
      allocated = end().length();
    } catch (IOException | RuntimeException e) {
      throw new StoreException(
          "a new file in " + disk + " cannot be made, nothing was changed: " + e.getMessage(), e);
    }
  }

  /** Makes an empty segment. */
  static Segment create(Disk disk, HeaderRecord header, int chain, InstantSource clock)
      throws IOException {
    byte[] line = BatchBuffer.header(header, chain, clock.instant());
    String name = Segment.journalName(header.number());
    SafeFile.write(disk, name, List.of(ByteBuffer.wrap(line)));
    return new Segment(
        header,
        disk.open(name, Disk.Access.WRITE),
        disk,
        new End(header.first() - 1, chain, line.length),
        new MemoryIndex());
  }

  /** Cuts off what the active segment's file has behind its last batch. */
  void trim() {
    try {
      int length = end().length();
      segments.active().file().truncate(length);
      allocated = length;
      segments.active().file().force();
    } catch (IOException | RuntimeException e) {
      throw health.fail("closing a segment", e);
    }
  }
}
