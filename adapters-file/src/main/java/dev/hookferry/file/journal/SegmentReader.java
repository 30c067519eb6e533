package dev.hookferry.file.journal;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.line.LineScanner;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.CommitRecord;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.file.record.SegmentEnd;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a segment from its beginning, batch by batch, and finds the end of its last complete batch.
 */
public final class SegmentReader {
  private final String directory;
  private final int number;
  private final LineScanner lines;
  private final HeaderRecord header;
  private final int chain;
  private SegmentEnd end;
  private final List<Read> batch = new ArrayList<>();

  /** A record of a batch that is not known to be complete yet. */
  private record Read(JournalRecord record, RecordPosition place) {}

  /** Receives the records of complete batches. */
  public interface Sink {
    void record(JournalRecord record, RecordPosition place) throws IOException;
  }

  /**
   * Reads the header of a segment.
   *
   * @throws StoreException if the header is damaged or belongs to another segment
   */
  public SegmentReader(Disk disk, int number, DiskFile file) throws IOException {
    this.directory = disk.toString();
    this.number = number;
    this.lines = new LineScanner(file);
    if (!lines.next() || !lines.isIntact()) {
      throw damaged(1, "its checksum does not match");
    }
    if (!(parse() instanceof HeaderRecord found) || found.number() != number) {
      throw damaged(1, "it is not the header of segment " + number);
    }
    header = found;
    chain = LineFormat.chain(lines.bytes(), lines.start());
    end = new SegmentEnd(found.first() - 1, chain, lines.end() - lines.start() + 1);
  }

  public HeaderRecord header() {
    return header;
  }

  /** Returns the end of the last complete batch read so far; initially the end of the header. */
  public SegmentEnd end() {
    return end;
  }

  /**
   * Returns the checksum of the last line of the previous segment, as it was when this one was
   * started.
   */
  public int chain() {
    return chain;
  }

  /**
   * Reads all batches.
   *
   * @param last whether this is the last segment, in which the last batch may be incomplete
   * @return the end of the last complete batch
   * @throws StoreException if anything but an incomplete last batch is damaged
   */
  public SegmentEnd read(boolean last, Sink sink) throws IOException {
    long sequence = end.sequence();
    int crc = chain;
    while (lines.next()) {
      if (!follows(sequence, crc)) {
        return cut(last);
      }
      sequence = LineFormat.sequence(lines.bytes(), lines.start());
      crc = LineFormat.crc(lines.bytes(), lines.start());
      JournalRecord record = parse();
      if (record instanceof CommitRecord commit) {
        if (commit.records() != batch.size()) {
          throw damaged(lines.number(), "its record count does not match the batch");
        }
        for (Read read : batch) {
          sink.record(read.record(), read.place());
        }
        batch.clear();
        end = new SegmentEnd(sequence, crc, Math.toIntExact(lines.offset()) + length() + 1);
      } else {
        RecordPosition place =
            new RecordPosition(number, sequence, Math.toIntExact(lines.offset()), length());
        batch.add(new Read(record, place));
      }
    }
    return batch.isEmpty() ? end : cut(last);
  }

  private int length() {
    return lines.end() - lines.start();
  }

  private boolean follows(long sequence, int crc) {
    if (!lines.isIntact() || LineFormat.chain(lines.bytes(), lines.start()) != crc) {
      return false;
    }
    long found = LineFormat.sequence(lines.bytes(), lines.start());
    return found == sequence + 1
        || (header.isRewritten() && found > sequence && found <= header.last());
  }

  /**
   * Decides whether a line that does not follow from the previous one is damage or a torn write. A
   * batch is written only after the previous one is on disk, so a later batch proves damage.
   * Without one, the last batch was never acknowledged and is dropped.
   */
  private SegmentEnd cut(boolean last) throws IOException {
    long line = lines.number();
    long first = end.sequence() + 1;
    boolean isDamage = !last;
    while (!isDamage && lines.next()) {
      if (lines.isIntact() && parse() instanceof CommitRecord commit) {
        long sequence = LineFormat.sequence(lines.bytes(), lines.start());
        isDamage = sequence - commit.records() > first;
      }
    }
    if (isDamage) {
      throw damaged(line, "it does not follow the previous line, or its checksum does not match");
    }
    return end;
  }

  private JournalRecord parse() throws IOException {
    try {
      return RecordReader.read(
          lines.bytes(), lines.start() + LineFormat.PREFIX, lines.end(), false);
    } catch (IOException e) {
      throw new StoreException(
          "line "
              + lines.number()
              + " of "
              + Segment.journalName(number)
              + " in "
              + directory
              + " cannot be read: "
              + e.getMessage(),
          e);
    }
  }

  private StoreException damaged(long line, String why) {
    return Segment.damaged(directory, number, line, why);
  }
}
