package dev.hookferry.file.index;

import dev.hookferry.file.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.zip.CRC32C;

/**
 * Reads the sections of an index file. Each section is checked as a whole when it is first needed.
 * Thread-safe.
 */
final class SectionReader implements AutoCloseable {
  private final String name;
  private final DiskFile file;
  private final IndexHeader header;
  private final long[] offsets = new long[IndexSection.COUNT];
  private final AtomicIntegerArray checked = new AtomicIntegerArray(IndexSection.COUNT);

  SectionReader(String name, DiskFile file, IndexHeader header, boolean areChecked) {
    this.name = name;
    this.file = file;
    this.header = header;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = header.offset(i);
      checked.set(i, areChecked ? 1 : 0);
    }
  }

  /** Returns how many 64-bit numbers a section contains. */
  int longs(int section) {
    return Math.toIntExact(header.sections().get(section).length() / Long.BYTES);
  }

  /** Reads all numbers of a section. */
  long[] all(int section) throws IOException {
    long[] all = new long[longs(section)];
    load(section, 0, all.length, all);
    return all;
  }

  /** Copies some numbers of a section into an array. */
  void load(int section, int from, int count, long[] target) throws IOException {
    check(section);
    read(offsets[section] + (long) from * Long.BYTES, count * Long.BYTES)
        .asLongBuffer()
        .get(target, 0, count);
  }

  /** Reads some bytes of a section. */
  ByteBuffer bytes(int section, int from, int end) throws IOException {
    check(section);
    return read(offsets[section] + from, end - from);
  }

  private ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    file.read(bytes, offset);
    if (bytes.hasRemaining()) {
      throw damaged();
    }
    return bytes.flip();
  }

  /** Checks a section once. Threads that arrive at the same time may each check it. */
  private void check(int section) throws IOException {
    if (checked.get(section) == 0) {
      long end = offsets[section] + header.sections().get(section).length();
      CRC32C crc = new CRC32C();
      for (long at = offsets[section]; at < end; ) {
        ByteBuffer bytes = read(at, (int) Math.min(1 << 20, end - at));
        at += bytes.remaining();
        crc.update(bytes);
      }
      if (crc.getValue() != header.sections().get(section).crc()) {
        throw damaged();
      }
      checked.set(section, 1);
    }
  }

  private IOException damaged() {
    return new IOException(
        name
            + " is damaged; stop the store, delete this file and restart: it is rebuilt from the"
            + " journal");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
