package dev.hookferry.store.archive;

import dev.hookferry.store.transfer.RecordText;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An archive file as a source of records. Always read as a whole, with the history that it
 * contains. Not thread-safe.
 */
public final class ArchiveSource implements TransferSource {
  private static final int BATCH_RECORDS = 4_000;
  private static final int BATCH_CHARS = 8 << 20;

  private final Path file;
  private final ArchiveHeader header;

  private ArchiveSource(Path file, ArchiveHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Opens an archive.
   *
   * @throws dev.hookferry.store.StoreException if the file cannot be read, is not an archive, or
   *     has a newer format; the message names the file
   */
  public static ArchiveSource open(Path file) {
    Objects.requireNonNull(file, "file");
    try (ArchiveLines lines = new ArchiveLines(file)) {
      return new ArchiveSource(file, lines.header());
    }
  }

  /** Returns the header. */
  public ArchiveHeader header() {
    return header;
  }

  /**
   * Reads the whole file without parsing its records, to verify before anything is written that it
   * is complete.
   *
   * @throws dev.hookferry.store.StoreException if the file is truncated or damaged
   */
  public void check() {
    try (ArchiveLines lines = new ArchiveLines(file)) {
      String line = lines.next();
      while (line != null) {
        line = lines.next();
      }
    }
  }

  @Override
  public TransferOrigin origin() {
    return header.origin();
  }

  @Override
  public TransferReader read(TransferHistory history, @Nullable String after) {
    Objects.requireNonNull(history, "history");
    if (!history.equals(TransferHistory.ALL)) {
      throw new IllegalArgumentException("an archive cannot be read in part");
    }
    long skipped = after == null ? 0 : Long.parseLong(after);
    ArchiveLines lines = new ArchiveLines(file);
    Reader reader = new Reader(lines);
    while (lines.records() < skipped) {
      if (lines.next() == null) {
        reader.close();
        throw new IllegalArgumentException(after + " is not a position in " + file);
      }
    }
    return reader;
  }

  private static final class Reader implements TransferReader {
    private final ArchiveLines lines;
    private boolean ended;

    Reader(ArchiveLines lines) {
      this.lines = lines;
    }

    @Override
    public Optional<TransferBatch> next() {
      List<TransferRecord> records = new ArrayList<>();
      long chars = 0;
      while (!ended && records.size() < BATCH_RECORDS && chars < BATCH_CHARS) {
        String line = lines.next();
        ended = line == null;
        if (line != null) {
          records.add(parsed(line));
          chars += line.length();
        }
      }
      return records.isEmpty()
          ? Optional.empty()
          : Optional.of(new TransferBatch(records, Long.toString(lines.records())));
    }

    private TransferRecord parsed(String line) {
      try {
        return RecordText.read(line);
      } catch (IllegalArgumentException e) {
        throw lines.unreadable(e);
      }
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  /** Does nothing, because the file is open only while it is read. */
  @Override
  public void close() {}
}
