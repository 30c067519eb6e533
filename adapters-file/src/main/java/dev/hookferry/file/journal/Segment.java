package dev.hookferry.file.journal;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.index.SegmentIndex;
import dev.hookferry.file.index.StoredIndex;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.file.record.SegmentEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A journal file with its index. Thread-safe. */
public final class Segment implements AutoCloseable {
  private static final String JOURNAL = ".journal";
  private static final String INDEX = ".index";

  private final HeaderRecord header;
  private final DiskFile file;
  private final String directory;
  private volatile SegmentEnd end;
  private volatile SegmentIndex index;
  private long @Nullable [] kept;

  public Segment(
      HeaderRecord header, DiskFile file, Disk disk, SegmentEnd end, SegmentIndex index) {
    this.header = header;
    this.file = file;
    this.directory = disk.toString();
    this.end = end;
    this.index = index;
  }

  /** Returns the name of a segment's journal file. */
  public static String journalName(int number) {
    return String.format(Locale.ROOT, "%010d%s", number, JOURNAL);
  }

  /** Returns the name of a segment's index file. */
  public static String indexName(int number) {
    return String.format(Locale.ROOT, "%010d%s", number, INDEX);
  }

  /**
   * Returns the number of the segment that this file name belongs to; empty if it is not a journal
   * file, or has a number that no segment can have.
   */
  public static Optional<Integer> numberOf(String name) {
    if (!name.matches("[0-9]{10}\\.journal")) {
      return Optional.empty();
    }
    long number = Long.parseLong(name.substring(0, 10));
    return number <= Integer.MAX_VALUE ? Optional.of((int) number) : Optional.empty();
  }

  public HeaderRecord header() {
    return header;
  }

  public int number() {
    return header.number();
  }

  public DiskFile file() {
    return file;
  }

  public SegmentEnd end() {
    return end;
  }

  /** Moves the end of the segment after a batch was appended. */
  public void grow(SegmentEnd later) {
    end = later;
  }

  public SegmentIndex index() {
    return index;
  }

  /** Replaces the index with an equivalent one. */
  void use(SegmentIndex other) {
    index = other;
  }

  /**
   * Returns whether this segment still has the event with this sequence number, which must be in
   * the segment's range.
   */
  synchronized boolean hasEvent(long sequence) throws IOException {
    if (!header.isRewritten()) {
      return true;
    }
    long[] all = kept;
    if (all == null) {
      IndexEntries events = index.rows(IndexedList.EVENTS);
      long[] rows = new long[events.count() * IndexEntry.WIDTH];
      events.load(0, events.count(), rows);
      all = new long[events.count()];
      for (int i = 0; i < all.length; i++) {
        all[i] = rows[i * IndexEntry.WIDTH + IndexEntry.SEQUENCE];
      }
      Arrays.sort(all);
      kept = all;
    }
    return Arrays.binarySearch(all, sequence) >= 0;
  }

  /** Reads an event with its payload. */
  public EventRecord event(long position) throws IOException {
    return (EventRecord) read(position, true);
  }

  /** Reads a record; an event is returned without its payload. */
  public JournalRecord record(long position) throws IOException {
    return read(position, false);
  }

  /** Reads a delivery change. */
  public ChangeRecord change(long position) throws IOException {
    return (ChangeRecord) read(position, false);
  }

  private JournalRecord read(long position, boolean withPayload) throws IOException {
    byte[] line = line(position);
    return RecordReader.read(line, LineFormat.PREFIX, line.length, withPayload);
  }

  /**
   * Reads a line, without the line break.
   *
   * @throws DamagedLineException if the line is damaged
   */
  public byte[] line(long position) throws IOException {
    int offset = IndexEntry.upper(position);
    byte[] line = new byte[IndexEntry.lower(position)];
    ByteBuffer buffer = ByteBuffer.wrap(line);
    file.read(buffer, offset);
    if (buffer.hasRemaining() || !LineFormat.isIntact(line, 0, line.length)) {
      throw damaged(offset, "its checksum does not match");
    }
    return line;
  }

  /** Returns the exception for a damaged line at an offset of this segment. */
  public DamagedLineException damaged(long offset, String why) throws IOException {
    return damaged(directory, header.number(), lineNumber(offset), why);
  }

  /** Returns the exception for a damaged line of a segment. */
  public static DamagedLineException damaged(String directory, int number, long line, String why) {
    return new DamagedLineException(
        "line "
            + line
            + " of "
            + journalName(number)
            + " in "
            + directory
            + " is damaged: "
            + why
            + ". Nothing was changed. Check the disk, and restore this file from a backup of the"
            + " whole directory");
  }

  private long lineNumber(long offset) throws IOException {
    long line = 1;
    byte[] bytes = new byte[1 << 16];
    for (long at = 0; at < offset; at += bytes.length) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, (int) Math.min(bytes.length, offset - at));
      file.read(buffer, at);
      for (int i = 0; i < buffer.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (index instanceof StoredIndex stored) {
      stored.close();
    }
  }
}
