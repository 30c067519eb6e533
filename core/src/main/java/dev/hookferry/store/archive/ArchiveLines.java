package dev.hookferry.store.archive;

import dev.hookferry.json.JsonMembers;
import dev.hookferry.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reader of an archive's lines, which verifies at the end that none is missing or altered. */
final class ArchiveLines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final String LAST = "{\"kind\":\"" + ArchiveWriter.END + "\"";

  private final Path file;
  private final InputStream in;
  private final MessageDigest digest = sha256();
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream partialLine = new ByteArrayOutputStream();
  private final ArchiveHeader header;
  private int from;
  private int until;
  private long records;

  ArchiveLines(Path file) {
    this.file = file;
    try {
      InputStream raw = Files.newInputStream(file);
      try {
        in = unzipped(raw);
        header = ArchiveHeader.parse(hashed());
      } catch (IOException | RuntimeException e) {
        raw.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static InputStream unzipped(InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (ZipException e) {
      throw new IOException("it is not a Hookferry archive", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  ArchiveHeader header() {
    return header;
  }

  /** Returns the number of records read. */
  long records() {
    return records;
  }

  /** Returns the text of the next record; null after the last one. */
  @Nullable String next() {
    try {
      String line = line();
      if (line.startsWith(LAST)) {
        checkEnd(line);
        return null;
      }
      update(line);
      records++;
      return line;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /** Returns the exception for a record that cannot be parsed. */
  StoreException unreadable(Exception cause) {
    String reason;
    if (cause instanceof EOFException) {
      reason = "it is truncated; copy it again, or make a new backup";
    } else if (cause instanceof NoSuchFileException) {
      reason = "no such file";
    } else if (cause instanceof ZipException) {
      reason = "it is damaged; copy it again, or make a new backup";
    } else {
      reason = cause.getMessage();
    }
    String where = records == 0 ? "" : " after " + records + " records";
    return new StoreException(
        "the archive " + file + " cannot be read" + where + ": " + reason, cause);
  }

  private void checkEnd(String line) throws IOException {
    JsonMembers end = JsonMembers.parse(line);
    if (end.number("records") != records
        || !end.text("sha256").equals(HexFormat.of().formatHex(digest.digest()))) {
      throw new IOException(
          "its content does not match its checksum; copy the file again, or create a new backup");
    }
    if (from < until || fill()) {
      throw new IOException("unexpected data after its end");
    }
  }

  private String hashed() throws IOException {
    String line = line();
    update(line);
    return line;
  }

  private void update(String line) {
    digest.update(line.getBytes(StandardCharsets.ISO_8859_1));
    digest.update((byte) '\n');
  }

  private String line() throws IOException {
    partialLine.reset();
    while (true) {
      if (from == until && !fill()) {
        throw new EOFException("it is truncated");
      }
      int at = from;
      while (at < until && buffer[at] != '\n') {
        at++;
      }
      partialLine.write(buffer, from, at - from);
      from = Math.min(at + 1, until);
      if (at < until) {
        return partialLine.toString(StandardCharsets.ISO_8859_1);
      }
    }
  }

  private boolean fill() throws IOException {
    from = 0;
    until = Math.max(0, in.read(buffer));
    return until > 0;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new StoreException("the archive " + file + " was not closed", e);
    }
  }
}
