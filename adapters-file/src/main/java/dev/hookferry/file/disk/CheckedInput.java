package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link CheckedOutput} wrote, after its checksum was found right. */
public final class CheckedInput {
  private final DiskFile file;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).flip();
  private long loaded;

  /**
   * Begins at the beginning of a file.
   *
   * @throws IOException if the file is not as it was written
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
      throw new IOException("its checksum is wrong");
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
      throw new IOException("it became shorter while it was read");
    }
    buffer.flip();
  }

  /** The next number. */
  public long readLong() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /** The next text. */
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
