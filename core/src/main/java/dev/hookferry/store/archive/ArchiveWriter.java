package dev.hookferry.store.archive;

import dev.hookferry.json.JsonWriter;
import dev.hookferry.store.transfer.RecordCounts;
import dev.hookferry.store.transfer.RecordText;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Writer of archives. An archive is a gzip file of lines, each with one JSON object in ASCII. The
 * first line is an {@link ArchiveHeader}; the last contains the numbers of records and the SHA-256
 * of all lines before it. Not thread-safe.
 */
public final class ArchiveWriter {
  static final String END = "end";

  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final MessageDigest digest = ArchiveLines.sha256();
  private RecordCounts counts = RecordCounts.ZERO;

  private ArchiveWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes a source to an archive. Does not close the stream. Memory use does not depend on the
   * number of records.
   *
   * @param history how much of the past to write
   * @param id unique id of the archive
   * @param now the current time
   * @return the numbers of records written
   * @throws IOException if the stream fails; the output is then not a valid archive
   * @throws dev.hookferry.store.StoreException if the source fails; the output is then not a valid
   *     archive
   */
  public static RecordCounts write(
      TransferSource source, TransferHistory history, UUID id, Instant now, OutputStream out)
      throws IOException {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(out, "out");
    GZIPOutputStream zip = new GZIPOutputStream(out, BUFFER);
    ArchiveWriter writer = new ArchiveWriter(zip);
    writer.line(new ArchiveHeader(id, now, source.origin(), history).text());
    try (TransferReader reader = source.read(history, null)) {
      Optional<TransferBatch> batch = reader.next();
      while (batch.isPresent()) {
        writer.write(batch.get());
        batch = reader.next();
      }
    }
    writer.end();
    zip.finish();
    return writer.counts;
  }

  private void write(TransferBatch batch) throws IOException {
    for (TransferRecord one : batch.records()) {
      line(RecordText.write(one));
    }
    counts = counts.plus(batch.records());
  }

  private void end() throws IOException {
    line(
        new JsonWriter()
            .text("kind", END)
            .number("records", counts.records())
            .number("events", counts.events())
            .number("deliveries", counts.deliveries())
            .number("attempts", counts.attempts())
            .text("sha256", HexFormat.of().formatHex(digest.digest()))
            .end());
  }

  private void line(String text) throws IOException {
    byte[] line = (text + '\n').getBytes(StandardCharsets.US_ASCII);
    digest.update(line);
    out.write(line);
  }
}
