package dev.hookferry.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link CheckedOutput} wrote. What was read is right once {@link #end} agrees. */
final class CheckedInput {
  private static final int LONGEST_TEXT = 1 << 10;

  private final DiskFile file;
  private final long size;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).flip();
  private long loaded;

  CheckedInput(DiskFile file) throws IOException {
    this.file = file;
    this.size = file.size() - Long.BYTES;
  }

  /** The next number. */
  long readLong() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /** The next text. */
  String readText() throws IOException {
    long length = readLong();
    if (length < 0 || length > LONGEST_TEXT) {
      throw new IOException("it has a text of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    need(bytes.length).get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private ByteBuffer need(int count) throws IOException {
    if (buffer.remaining() < count) {
      buffer.compact();
      buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + size - loaded));
      int start = buffer.position();
      file.read(buffer, loaded);
      loaded += buffer.position() - start;
      crc.update(buffer.duplicate().flip().position(start));
      buffer.flip();
      if (buffer.remaining() < count) {
        throw new IOException("it is cut off");
      }
    }
    return buffer;
  }

  /** Ends the reading; throws if what was read is not all, or not what was written. */
  void end() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(Long.BYTES);
    file.read(last, size);
    if (buffer.hasRemaining() || loaded != size || last.getLong(0) != crc.getValue()) {
      throw new IOException("its checksum is wrong");
    }
  }
}
