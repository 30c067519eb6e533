package dev.hookferry.file.record;

import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Instant;
import java.util.Arrays;

/** The lines of one batch before they are written. Places count from the batch's beginning. */
public final class BatchBuffer {
  private static final byte[] LINE_BREAK = {'\n'};

  private final LineBuffer lines = new LineBuffer();
  private final RecordWriter writer = new RecordWriter(lines);
  private long sequence;
  private int chain;
  private int records;

  /** Begins a batch after the line with this number and checksum. */
  public void begin(long lastSequence, int lastCrc) {
    lines.clear();
    sequence = lastSequence;
    chain = lastCrc;
    records = 0;
  }

  /** Adds an event. */
  public RecordPosition event(PublishEntry.Entry entry) {
    int start = open();
    writer.event(entry.event(), entry.deliveries());
    return close(start);
  }

  /** Adds the change of a delivery. */
  public RecordPosition change(AttemptResult result, long eventSequence) {
    int start = open();
    if (result.attempt() == null) {
      writer.change(result, eventSequence);
    } else {
      writer.attempt(result.attempt(), result.delivery(), eventSequence);
    }
    return close(start);
  }

  /** Adds a record that stands in a segment already, with the number that it has there. */
  public RecordPosition copy(long number, byte[] line) {
    sequence = number - 1;
    int start = open();
    lines.raw(line, LineFormat.PREFIX, line.length);
    return close(start);
  }

  /** Ends the batch with its marker. */
  public void end(Instant now) {
    int start = open();
    writer.commit(records, now);
    close(start);
  }

  /** Ends a segment from which records were taken out. */
  public void endRewritten(long last, Instant now) {
    sequence = last - 1;
    end(now);
  }

  /** The first line of a segment, which belongs to no batch. */
  public static byte[] header(HeaderRecord header, int chain, Instant now) {
    BatchBuffer one = new BatchBuffer();
    one.begin(header.first() - 2, chain);
    int start = one.open();
    one.writer.header(header, now);
    one.close(start);
    return Arrays.copyOf(one.lines.array(), one.lines.size());
  }

  /** Goes on with an empty buffer, after the lines were written. */
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

  /** The lines; what stands after {@link #size} means nothing. */
  public byte[] array() {
    return lines.array();
  }

  public int size() {
    return lines.size();
  }

  /** The number of the last line. */
  public long lastSequence() {
    return sequence;
  }

  /** The checksum of the last line. */
  public int lastCrc() {
    return chain;
  }
}
