package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes numbers and strings to a file, followed by their checksum. Not thread-safe. */
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

  /** Adds a string. */
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

  /** Writes the buffer to the file if it is large. */
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

  /** Writes the rest of the buffer and the checksum. */
  public void end() throws IOException {
    flush();
    write(crc.getValue());
    flush();
  }
}
