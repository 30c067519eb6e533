package dev.hookferry.file;

import dev.hookferry.port.StoreException;
import java.io.IOException;
import java.time.InstantSource;

/**
 * What the parts of an open store share. Whoever changes the journal or the pending deliveries
 * durably holds the journal's monitor; whoever reads files of segments holds that or {@link
 * Segments#reading}.
 */
record StoreParts(
    Disk disk,
    FileStoreOptions options,
    InstantSource clock,
    FailStop health,
    Segments segments,
    PendingIndex pending,
    Journal journal) {

  Lookup lookup() {
    return new Lookup(segments);
  }

  /** Reads from segments, while none of them is taken away. */
  <T> T reading(Reading<T> reading) {
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

  /** A look that reads files. */
  interface Reading<T> {
    T read() throws IOException;
  }
}
