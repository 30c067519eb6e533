package dev.hookferry.app.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Progress display that counts the deliveries of an archive while it arrives. Their total is in the
 * archive's first line; the size of the archive is not known in advance. Not thread-safe.
 */
public final class ArchiveProgress implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] DELIVERY =
      "{\"kind\":\"delivery\"".getBytes(StandardCharsets.US_ASCII);

  /** Size of the gzip header that Java writes, in bytes. */
  private static final int GZIP_HEADER = 10;

  /** Number of bytes that exceeds the length of an archive's first line. */
  private static final int MAX_LENGTH = 1 << 12;

  private final ProgressPrinter printer;
  private final boolean isWhole;
  private final Inflater inflater = new Inflater(true);
  private final byte[] plain = new byte[1 << 16];

  /** The beginning of the current line. */
  private final byte[] line = new byte[MAX_LENGTH];

  private int length;
  private int skipped;
  private boolean hasHeader;
  private boolean isBroken;
  private long deliveries;

  /**
   * Creates a counter.
   *
   * @param isWhole whether the archive has the whole history, so that all deliveries are in it
   */
  public ArchiveProgress(ProgressPrinter printer, boolean isWhole) {
    this.printer = printer;
    this.isWhole = isWhole;
    printer.begin("saved", "deliveries", 0);
  }

  /** Processes the next bytes. Ignores invalid data, which the archive's reader reports. */
  public void add(byte[] bytes, int count) {
    int header = Math.min(count, GZIP_HEADER - skipped);
    skipped += header;
    if (isBroken || count == header) {
      return;
    }
    try {
      inflater.setInput(bytes, header, count - header);
      int inflated = inflater.inflate(plain);
      while (inflated > 0) {
        scan(inflated);
        inflated = inflater.inflate(plain);
      }
      printer.show(deliveries);
    } catch (DataFormatException e) {
      isBroken = true;
    }
  }

  private void scan(int count) {
    for (int i = 0; i < count; i++) {
      if (plain[i] == '\n') {
        end();
        length = 0;
      } else if (length < (hasHeader ? DELIVERY.length : MAX_LENGTH)) {
        line[length++] = plain[i];
      }
    }
  }

  private void end() {
    if (!hasHeader) {
      hasHeader = true;
      printer.begin("saved", "deliveries", isWhole ? expected() : 0);
    } else if (length == DELIVERY.length && isDelivery()) {
      deliveries++;
    }
  }

  private boolean isDelivery() {
    for (int i = 0; i < DELIVERY.length; i++) {
      if (line[i] != DELIVERY[i]) {
        return false;
      }
    }
    return true;
  }

  private long expected() {
    try {
      String text = new String(line, 0, length, StandardCharsets.US_ASCII);
      return JSON.readTree(text).path("deliveries").asLong();
    } catch (JsonProcessingException e) {
      return 0;
    }
  }

  /** Ends the line of the progress display. */
  @Override
  public void close() {
    inflater.end();
    printer.end();
  }
}
