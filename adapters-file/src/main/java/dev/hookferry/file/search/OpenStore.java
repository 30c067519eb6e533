package dev.hookferry.file.search;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.journal.Journal;
import dev.hookferry.file.journal.SegmentSizes;
import dev.hookferry.file.journal.Segments;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.time.InstantSource;

/**
 * The shared parts of an open store. Hold the journal's monitor to change the journal or the
 * pending deliveries durably; hold it or {@link Segments#reading} to read files of segments.
 */
public record OpenStore(
    Disk disk,
    SegmentSizes sizes,
    InstantSource clock,
    FailStop health,
    Segments segments,
    PendingIndex pending,
    Journal journal) {

  public RecordLookup lookup() {
    return new RecordLookup(segments);
  }

  /**
   * Reads from segments while none of them is removed.
   *
   * @throws StoreException if reading fails
   */
  public <T> T reading(Reading<T> reading) {
    segments.reading().lock();
    try {
      health.check();
      return reading.read();
    } catch (IOException e) {
      throw new StoreException("reading from " + disk + " failed: " + e.getMessage(), e);
    } finally {
      segments.reading().unlock();
    }
  }

  /** An operation that reads files. */
  public interface Reading<T> {
    T read() throws IOException;
  }
}
