package dev.hookferry.file.maintenance;

import dev.hookferry.file.commit.JournalFollower;
import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.index.IndexHeader;
import dev.hookferry.file.index.MemoryIndex;
import dev.hookferry.file.index.StoredIndex;
import dev.hookferry.file.journal.IndexFile;
import dev.hookferry.file.journal.Journal;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.journal.SegmentReader;
import dev.hookferry.file.journal.Segments;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.file.search.RecordLookup;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the journal at startup: loads the last checkpoint and applies the segments after it. Not
 * thread-safe.
 */
public final class Recovery {
  private static final System.Logger LOG = System.getLogger(Recovery.class.getName());

  private final Disk disk;
  private final InstantSource clock;
  private final Segments segments = new Segments();

  /** Open files that belong to no listed segment yet. */
  private final List<AutoCloseable> unlisted = new ArrayList<>();

  private PendingIndex pending = new PendingIndex();
  private int from;
  private long acknowledged;

  public Recovery(Disk disk, InstantSource clock) {
    this.disk = disk;
    this.clock = clock;
  }

  public Segments segments() {
    return segments;
  }

  public PendingIndex pending() {
    return pending;
  }

  /** Returns the number of the first segment whose records were applied. */
  public int checkpointed() {
    return from;
  }

  /**
   * Opens everything. May read the whole journal.
   *
   * @throws StoreException if something is damaged or missing
   */
  public void run() throws IOException {
    AtomicFile.deleteUnfinished(disk);
    List<String> names = disk.list();
    List<Integer> numbers =
        names.stream().map(Segment::numberOf).flatMap(Optional::stream).sorted().toList();
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) != numbers.get(0) + i) {
        throw missing(numbers.get(0) + i);
      }
    }
    useCheckpoint(names, numbers);
    for (int number : numbers) {
      open(number, number == numbers.get(numbers.size() - 1));
    }
    if (numbers.isEmpty()) {
      if (acknowledged > 0) {
        throw missing(from);
      }
      segments.add(Journal.create(disk, new HeaderRecord(1, 1, 0), 0, clock));
    }
    if (segments.active().end().sequence() < acknowledged) {
      throw segments
          .active()
          .damaged(
              segments.active().end().length(),
              "the journal is truncated at sequence number "
                  + segments.active().end().sequence()
                  + ", but was acknowledged up to "
                  + acknowledged);
    }
    cut(segments.active());
  }

  /** Closes the files opened so far, after a failure. */
  public void close() {
    unlisted.forEach(this::close);
    close(segments::close);
  }

  private void close(AutoCloseable files) {
    try {
      files.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "file not closed directory=" + disk, e);
    }
  }

  private StoreException missing(int number) {
    return new StoreException(
        Segment.journalName(number) + " is missing in " + disk + ", nothing was changed",
        "restore it from a backup of the whole directory",
        null);
  }

  private void useCheckpoint(List<String> names, List<Integer> numbers) {
    from = numbers.isEmpty() ? 1 : numbers.get(0);
    if (!names.contains(Checkpoint.NAME)) {
      return;
    }
    try {
      Checkpoint found = Checkpoint.read(disk);
      acknowledged = found.sequence();
      from = numbers.isEmpty() ? found.segment() : from;
      if (found.fits(numbers)) {
        pending = found.pending();
        from = found.segment();
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "checkpoint not usable: reading the whole journal directory=" + disk + " cause=" + e);
    }
  }

  private void open(int number, boolean last) throws IOException {
    DiskFile file =
        disk.open(Segment.journalName(number), last ? Disk.Access.WRITE : Disk.Access.READ);
    unlisted.add(file);
    StoredIndex stored = last ? null : storedIndex(number, file);
    if (stored != null && number < from) {
      IndexHeader header = stored.header();
      add(new Segment(header.segment(), file, disk, header.end(), stored));
      return;
    }
    SegmentReader reader = new SegmentReader(disk, number, file);
    MemoryIndex fresh = new MemoryIndex();
    Segment segment =
        new Segment(reader.header(), file, disk, reader.end(), stored == null ? fresh : stored);
    checkChain(reader);
    add(segment);
    JournalFollower follower = new JournalFollower(pending, new RecordLookup(segments));
    segment.grow(reader.read(last, (record, place) -> follow(follower, fresh, record, place)));
    if (!last) {
      store(segment);
    }
  }

  /** Returns the stored index of a closed segment, or null if there is none that can be used. */
  private @Nullable StoredIndex storedIndex(int number, DiskFile file) throws IOException {
    HeaderRecord header = new SegmentReader(disk, number, file).header();
    try {
      StoredIndex index = IndexFile.open(disk, number);
      if (index.header().segment().equals(header) && index.header().end().length() == file.size()) {
        unlisted.add(index);
        return index;
      }
      index.close();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.INFO,
          "index rebuilt from the journal directory=" + disk + " cause=" + e);
    }
    return null;
  }

  private void checkChain(SegmentReader reader) {
    if (!segments.isEmpty()) {
      Segment before = segments.active();
      // A rewritten segment has a different checksum in its last line.
      if (!before.header().isRewritten() && before.end().crc() != reader.chain()) {
        throw Segment.damaged(
            disk.toString(),
            reader.header().number(),
            1,
            "it does not follow from the end of " + Segment.journalName(before.number()));
      }
    }
  }

  private void add(Segment segment) {
    if (!segments.isEmpty() && segment.header().first() != segments.active().end().sequence() + 1) {
      throw Segment.damaged(
          disk.toString(),
          segment.number(),
          1,
          "it begins at sequence number "
              + segment.header().first()
              + ", but the previous file ends at "
              + segments.active().end().sequence());
    }
    segments.add(segment);
    unlisted.clear();
  }

  private void follow(
      JournalFollower follower, MemoryIndex index, JournalRecord record, RecordPosition place)
      throws IOException {
    record.fold(place, index);
    if (place.segment() >= from) {
      record.fold(place, follower);
    }
  }

  private void store(Segment segment) {
    try {
      IndexFile.store(disk, segment);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "index not written: it stays in memory directory=" + disk + " cause=" + e);
    }
  }

  private static void cut(Segment segment) throws IOException {
    if (segment.file().size() > segment.end().length()) {
      segment.file().truncate(segment.end().length());
    }
  }
}
