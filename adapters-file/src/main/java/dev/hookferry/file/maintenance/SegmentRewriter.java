package dev.hookferry.file.maintenance;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.file.index.MemoryIndex;
import dev.hookferry.file.journal.IndexFile;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.journal.SegmentReader;
import dev.hookferry.file.record.BatchBuffer;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.file.record.SegmentEnd;
import dev.hookferry.file.search.OpenStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Rewrites closed segments without their expired records. Not thread-safe. */
final class SegmentRewriter {
  private static final int LARGE = 1 << 20;

  private final OpenStore open;
  private boolean moved;

  SegmentRewriter(OpenStore open) {
    this.open = open;
  }

  /** Returns whether events of pending deliveries have moved, which makes a checkpoint due. */
  boolean hasMoved() {
    return moved;
  }

  /** A rewritten segment, under a temporary file name. */
  private record Draft(
      HeaderRecord header, SegmentEnd end, MemoryIndex index, Map<Long, Long> positions) {}

  /**
   * Rewrites a segment and replaces it.
   *
   * @return false if a record to be removed has become needed again; nothing was changed
   */
  boolean rewrite(Segment segment, ExpiredRecords expired) throws IOException {
    String name = Segment.journalName(segment.number());
    String unfinished = name + AtomicFile.UNFINISHED;
    Draft draft;
    try (DiskFile file = open.disk().open(unfinished, Disk.Access.CREATE)) {
      draft = copy(segment, expired, file);
      file.force();
    } catch (IOException | RuntimeException e) {
      // On a full disk it would take the space that everything else needs.
      open.disk().delete(unfinished);
      throw e;
    }
    synchronized (open.journal()) {
      open.segments().replacing().lock();
      try {
        open.health().check();
        if (isNeeded(segment, expired)) {
          open.disk().delete(unfinished);
          return false;
        }
        if (open.pending().uses(segment.number())) {
          // The checkpoint holds the positions of events, which are about to change.
          open.disk().delete(Checkpoint.NAME);
          open.disk().sync();
          moved = true;
        }
        replace(segment, draft, unfinished);
      } finally {
        open.segments().replacing().unlock();
      }
    }
    IndexFile.store(open.disk(), open.segments().get(segment.number()));
    return true;
  }

  private boolean isNeeded(Segment segment, ExpiredRecords expired) {
    boolean[] needed = new boolean[1];
    synchronized (open.pending()) {
      open.pending()
          .eachOf(segment.number(), slot -> needed[0] |= expired.drops(open.pending().event(slot)));
    }
    return needed[0];
  }

  private void replace(Segment segment, Draft draft, String unfinished) {
    String name = Segment.journalName(segment.number());
    try {
      open.disk().rename(unfinished, name);
      Uninterrupted.run(open.disk()::sync);
      DiskFile file = open.disk().open(name, Disk.Access.READ);
      open.segments()
          .replace(new Segment(draft.header(), file, open.disk(), draft.end(), draft.index()));
      open.pending().move(segment.number(), draft.positions());
      segment.close();
    } catch (IOException | RuntimeException e) {
      throw open.health().fail("replacing a journal file", e);
    }
  }

  private Draft copy(Segment segment, ExpiredRecords expired, DiskFile file) throws IOException {
    SegmentReader reader = new SegmentReader(open.disk(), segment.number(), segment.file());
    long last = segment.end().sequence();
    HeaderRecord header = new HeaderRecord(segment.number(), segment.header().first(), last);
    byte[] first = BatchBuffer.header(header, reader.chain(), open.clock().instant());
    file.write(ByteBuffer.wrap(first), 0);
    Copy copy = new Copy(segment, file, first.length);
    copy.lines.begin(header.first() - 1, reader.chain());
    if (!expired.keepsNothing()) {
      reader.read(
          false,
          (record, place) -> {
            if (!expired.drops(place.sequence())) {
              copy.add(record, place);
            }
          });
    }
    copy.lines.endRewritten(last, open.clock().instant());
    copy.flush();
    SegmentEnd end = new SegmentEnd(last, copy.lines.lastCrc(), Math.toIntExact(copy.written));
    return new Draft(header, end, copy.index, copy.positions);
  }

  /** Copies the lines that are kept. */
  private static final class Copy {
    private final Segment from;
    private final DiskFile to;
    private final BatchBuffer lines = new BatchBuffer();
    private final MemoryIndex index = new MemoryIndex();
    private final Map<Long, Long> positions = new HashMap<>();
    private long written;

    Copy(Segment from, DiskFile to, long written) {
      this.from = from;
      this.to = to;
      this.written = written;
    }

    void add(JournalRecord record, RecordPosition place) throws IOException {
      RecordPosition copied =
          lines
              .copy(place.sequence(), from.line(place.packed()))
              .in(place.segment(), Math.toIntExact(written));
      record.fold(copied, index);
      if (record instanceof EventRecord) {
        positions.put(place.packed(), copied.packed());
      }
      if (lines.size() >= LARGE) {
        flush();
      }
    }

    void flush() throws IOException {
      to.write(ByteBuffer.wrap(lines.array(), 0, lines.size()), written);
      written += lines.size();
      lines.dropWritten();
    }
  }
}
