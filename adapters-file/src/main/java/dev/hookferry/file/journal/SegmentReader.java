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

/** Reads a segment from its beginning, batch by batch, and finds where what is whole ends. */
public final class SegmentReader {
  private final String directory;
  private final int number;
  private final LineScanner lines;
  private final HeaderRecord header;
  private final int chain;
  private SegmentEnd end;
  private final List<Read> batch = new ArrayList<>();

  /** A record of the batch that is not known to be whole yet. */
  private record Read(JournalRecord record, RecordPosition place) {}

  /** What is done with the records of whole batches. */
  public interface Sink {
    void record(JournalRecord record, RecordPosition place) throws IOException;
  }

  /** Reads the header. */
  public SegmentReader(Disk disk, int number, DiskFile file) throws IOException {
    this.directory = disk.toString();
    this.number = number;
    this.lines = new LineScanner(file);
    if (!lines.next() || !lines.isIntact()) {
      throw damaged(1, "it is not as it was written");
    }
    if (!(parse() instanceof HeaderRecord found) || found.number() != number) {
      throw damaged(1, "it does not say that this is the beginning of segment " + number);
    }
    header = found;
    chain = LineFormat.chain(lines.bytes(), lines.start());
    end = new SegmentEnd(found.first() - 1, chain, lines.end() - lines.start() + 1);
  }

  public HeaderRecord header() {
    return header;
  }

  /** Where the last whole batch ends that was read; at first, where the header ends. */
  public SegmentEnd end() {
    return end;
  }

  /** The checksum of the last line of the segment before, when this one was begun. */
  public int chain() {
    return chain;
  }

  /**
   * Reads all batches.
   *
   * @param last whether it is the last segment, in which the last batch may not be whole
   * @return where the last whole batch ends
   * @throws StoreException if anything but the last batch is damaged
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
          throw damaged(lines.number(), "it ends a batch of another size");
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
   * Decides about a line that does not follow from the one before. A batch is written only when the
   * one before is on the disk: so if there is a later batch, this is damage; if not, the last batch
   * was never acknowledged, and does not count.
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
      throw damaged(line, "it does not follow from the line before, or is not as it was written");
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
