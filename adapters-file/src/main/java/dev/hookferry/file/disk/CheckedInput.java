package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads a file written by {@link CheckedOutput}, after verifying its checksum. Not thread-safe. */
public final class CheckedInput {
  private final DiskFile file;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).flip();
  private long loaded;

  /**
   * Verifies the checksum and starts at the beginning of the file.
   *
   * @throws IOException if the file is damaged
   */
  public CheckedInput(DiskFile file) throws IOException {
    this.file = file;
    this.size = file.size() - Long.BYTES;
    CRC32C crc = new CRC32C();
    while (loaded < size) {
      load();
      crc.update(buffer);
    }
    ByteBuffer last = ByteBuffer.allocate(Long.BYTES);
    file.read(last, Math.max(0, size));
    if (size < 0 || last.hasRemaining() || last.getLong(0) != crc.getValue()) {
      throw new IOException("its checksum does not match");
    }
    loaded = 0;
  }

  private void load() throws IOException {
    buffer.compact();
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + size - loaded));
    int start = buffer.position();
    file.read(buffer, loaded);
    loaded += buffer.position() - start;
    if (buffer.hasRemaining()) {
      throw new IOException("it shrank while it was read");
    }
    buffer.flip();
  }

  /** Reads the next number. */
  public long readLong() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /** Reads the next string. */
  public String readText() throws IOException {
    byte[] bytes = new byte[(int) readLong()];
    need(bytes.length).get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ByteBuffer need(int count) throws IOException {
    if (buffer.remaining() < count) {
      load();
    }
    return buffer;
  }
}
