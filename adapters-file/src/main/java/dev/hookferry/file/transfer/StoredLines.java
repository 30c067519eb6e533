package dev.hookferry.file.transfer;

import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.RecordReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads many journal lines at a time, in the order in which they are stored on disk. */
final class StoredLines {
  /** Lines that are closer to each other than this are read together. */
  private static final int GAP = 1 << 14;

  private static final int WINDOW = 1 << 20;
  private static final Comparator<Line> ORDER =
      Comparator.comparingInt((Line line) -> line.segment).thenComparingInt(Line::offset);

  private final List<Segment> segments;
  private final byte[] window = new byte[WINDOW];

  StoredLines(List<Segment> segments) {
    this.segments = segments;
  }

  /** A line to be read. */
  static final class Line {
    private final int segment;
    private final long position;
    private @Nullable JournalRecord content;

    /**
     * Creates a line.
     *
     * @param segment index of its segment among those that are read
     * @param position its offset and length
     */
    Line(int segment, long position) {
      this.segment = segment;
      this.position = position;
    }

    private int offset() {
      return IndexEntry.upper(position);
    }

    /** Returns the length in bytes. */
    int length() {
      return IndexEntry.lower(position);
    }

    private int end() {
      return offset() + length();
    }

    /** Returns the record; the line must have been read. */
    JournalRecord content() {
      return RecordReader.need(content, "content");
    }
  }

  /**
   * Reads lines, and sorts the list by their positions.
   *
   * @throws dev.hookferry.store.StoreException if one of them is damaged
   */
  void read(List<Line> lines) throws IOException {
    lines.sort(ORDER);
    int from = 0;
    while (from < lines.size()) {
      Line first = lines.get(from);
      int to = from + 1;
      while (to < lines.size() && isClose(first, lines.get(to - 1), lines.get(to))) {
        to++;
      }
      readTogether(lines.subList(from, to));
      from = to;
    }
  }

  private static boolean isClose(Line first, Line before, Line next) {
    return next.segment == first.segment
        && next.offset() - before.end() <= GAP
        && next.end() - first.offset() <= WINDOW;
  }

  private void readTogether(List<Line> lines) throws IOException {
    Segment segment = segments.get(lines.get(0).segment);
    int start = lines.get(0).offset();
    int length = lines.get(lines.size() - 1).end() - start;
    byte[] bytes = length <= WINDOW ? window : new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    segment.file().read(buffer, start);
    int filled = buffer.position();
    for (Line line : lines) {
      int from = line.offset() - start;
      int to = line.end() - start;
      if (to > filled || !LineFormat.isIntact(bytes, from, to)) {
        throw segment.damaged(line.offset(), "its checksum does not match");
      }
      line.content = parsed(segment, line, bytes, from + LineFormat.PREFIX, to);
    }
  }

  private static JournalRecord parsed(Segment segment, Line line, byte[] bytes, int from, int to)
      throws IOException {
    try {
      return RecordReader.read(bytes, from, to, true);
    } catch (IOException e) {
      throw segment.damaged(line.offset(), String.valueOf(e.getMessage()));
    }
  }
}
