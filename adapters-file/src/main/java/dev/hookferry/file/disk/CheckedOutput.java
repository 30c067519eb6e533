package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes numbers and texts to a file, and their checksum at the end. Not thread-safe. */
public final class CheckedOutput {
  private static final int LARGE = 1 << 20;

  private final DiskFile file;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocate(LARGE + (1 << 19));
  private long written;

  public CheckedOutput(DiskFile file) {
    this.file = file;
  }

  /** Adds a number. */
  public CheckedOutput write(long number) {
    ensure(Long.BYTES).putLong(number);
    return this;
  }

  /** Adds a text. */
  public CheckedOutput write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes.length);
    ensure(bytes.length).put(bytes);
    return this;
  }

  private ByteBuffer ensure(int more) {
    if (buffer.remaining() < more) {
      buffer = ByteBuffer.allocate(buffer.position() * 2 + more).put(buffer.flip());
    }
    return buffer;
  }

  /** Writes to the file what has gathered, if it is much. */
  public void flushIfLarge() throws IOException {
    if (buffer.position() >= LARGE) {
      flush();
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    crc.update(buffer.duplicate());
    written += buffer.remaining();
    file.write(buffer, written - buffer.remaining());
    buffer.clear();
  }

  /** Writes the rest and the checksum. */
  public void end() throws IOException {
    flush();
    write(crc.getValue());
    flush();
  }
}
