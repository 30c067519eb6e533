package dev.hookferry.file.record;

import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.Arrays;

/**
 * The lines of one batch before they are written. Positions are relative to the beginning of the
 * batch. Not thread-safe; reusable.
 */
public final class BatchBuffer {
  private static final byte[] LINE_BREAK = {'\n'};

  private final LineBuffer lines = new LineBuffer();
  private final RecordWriter writer = new RecordWriter(lines);
  private long sequence;
  private int chain;
  private int records;

  /** Begins a batch after the line with this sequence number and checksum. */
  public void begin(long lastSequence, int lastCrc) {
    lines.clear();
    sequence = lastSequence;
    chain = lastCrc;
    records = 0;
  }

  /** Adds a record of an event whose deliveries have no ordering key. */
  public RecordPosition event(PublishEntry.Entry entry) {
    return event(entry, 0);
  }

  /**
   * Adds an event record.
   *
   * @param position the position of deliveries with an ordering key; 0 if there are none
   */
  public RecordPosition event(PublishEntry.Entry entry, long position) {
    int start = open();
    writer.event(entry.event(), entry.deliveries(), position);
    return close(start);
  }

  /** Adds a record of a change of a delivery without an ordering key. */
  public RecordPosition change(AttemptResult result, long eventSequence) {
    return change(result, eventSequence, 0);
  }

  /**
   * Adds a record of a delivery change.
   *
   * @param position its position among deliveries with the same ordering key; 0 if it has none
   */
  public RecordPosition change(AttemptResult result, long eventSequence, long position) {
    int start = open();
    if (result.attempt() == null) {
      writer.change(result, eventSequence, position);
    } else {
      writer.attempt(result.attempt(), result.delivery(), eventSequence, position);
    }
    return close(start);
  }

  /** Adds a copy of a stored record, keeping its sequence number. */
  public RecordPosition copy(long number, byte[] line) {
    sequence = number - 1;
    int start = open();
    lines.raw(line, LineFormat.PREFIX, line.length);
    return close(start);
  }

  /** Ends the batch with a commit record. */
  public void end(Instant now) {
    int start = open();
    writer.commit(records, now);
    close(start);
  }

  /** Ends a segment from which records were removed. */
  public void endRewritten(long last, Instant now) {
    sequence = last - 1;
    end(now);
  }

  /** Returns the first line of a segment, which belongs to no batch. */
  public static byte[] header(HeaderRecord header, int chain, Instant now) {
    BatchBuffer one = new BatchBuffer();
    one.begin(header.first() - 2, chain);
    int start = one.open();
    one.writer.header(header, now);
    one.close(start);
    return Arrays.copyOf(one.lines.array(), one.lines.size());
  }

  /** Empties the buffer after its lines were written; the batch continues. */
  public void dropWritten() {
    lines.clear();
  }

  private int open() {
    int start = lines.size();
    lines.skip(LineFormat.PREFIX);
    return start;
  }

  private RecordPosition close(int start) {
    chain = LineFormat.seal(lines, start, ++sequence, chain);
    records++;
    int length = lines.size() - start;
    lines.raw(LINE_BREAK);
    return new RecordPosition(0, sequence, start, length);
  }

  public boolean isEmpty() {
    return records == 0;
  }

  /** Returns the backing array; only the first {@link #size} bytes are valid. */
  public byte[] array() {
    return lines.array();
  }

  public int size() {
    return lines.size();
  }

  /** Returns the sequence number of the last line. */
  public long lastSequence() {
    return sequence;
  }

  /** Returns the checksum of the last line. */
  public int lastCrc() {
    return chain;
  }
}
