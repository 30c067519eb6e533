package dev.hookferry.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** The index of a closed segment, in a file of its own. Only its filter is in memory. */
final class StoredIndex implements SegmentIndex, AutoCloseable {
  private static final int BLOCK = 256;
  private static final int KEY_WIDTH = 2;

  private final String name;
  private final DiskFile file;
  private final IndexHeader header;
  private final BloomFilter filter;
  private volatile boolean checked;

  /**
   * An opened index.
   *
   * @param checked whether the rows and keys are known to be as they were written
   */
  StoredIndex(String name, DiskFile file, IndexHeader header, BloomFilter filter, boolean checked) {
    this.name = name;
    this.file = file;
    this.header = header;
    this.filter = filter;
    this.checked = checked;
  }

  /** The segment that it is about. */
  IndexHeader header() {
    return header;
  }

  @Override
  public Rows rows(Listing listing) {
    return new StoredRows(listing);
  }

  @Override
  public Span span(Listing listing) {
    return header.listing(listing).span();
  }

  @Override
  public boolean mayContain(long key) {
    return filter.mayContain(key);
  }

  @Override
  public void find(long key, LongConsumer sink) throws IOException {
    if (!filter.mayContain(key)) {
      return;
    }
    check();
    int from = 0;
    int to = header.keys();
    while (to - from > BLOCK) {
      int middle = (from + to) >>> 1;
      if (KeyTable.rank(keys(middle, 1)[0]) < KeyTable.rank(key)) {
        from = middle;
      } else {
        to = middle;
      }
    }
    // The first of the key, if it is there, lies in this block; its others may go on behind it.
    for (int at = from; at < header.keys(); at += BLOCK) {
      long[] block = keys(at, Math.min(BLOCK, header.keys() - at));
      for (int i = 0; i < block.length; i += KEY_WIDTH) {
        if (block[i] == key) {
          sink.accept(block[i + 1]);
        } else if (KeyTable.rank(block[i]) > KeyTable.rank(key)) {
          return;
        }
      }
    }
  }

  private long[] keys(int from, int count) throws IOException {
    long[] keys = new long[count * KEY_WIDTH];
    load(header.keysOffset() + (long) from * KEY_WIDTH * Long.BYTES, keys.length, keys);
    return keys;
  }

  private void load(long offset, int count, long[] into) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
    file.read(bytes, offset);
    if (bytes.hasRemaining()) {
      throw damaged();
    }
    LongBuffer longs = bytes.flip().asLongBuffer();
    longs.get(into, 0, count);
  }

  /** Rows and keys are checked as a whole when they are first needed. */
  private void check() throws IOException {
    if (checked) {
      return;
    }
    synchronized (this) {
      CRC32C crc = new CRC32C();
      ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
      for (long at = header.bodyOffset(); at < header.fileLength(); at += bytes.capacity()) {
        bytes.clear();
        bytes.limit((int) Math.min(bytes.capacity(), header.fileLength() - at));
        file.read(bytes, at);
        crc.update(bytes.flip());
      }
      if (crc.getValue() != header.bodyCrc()) {
        throw damaged();
      }
      checked = true;
    }
  }

  private IOException damaged() {
    return new IOException(
        name + " is damaged; stop, delete this file, and start: it is made again from the journal");
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private final class StoredRows implements Rows {
    private final IndexHeader.Part part;
    private final long offset;

    StoredRows(Listing listing) {
      part = header.listing(listing);
      offset = header.rowsOffset(listing);
    }

    @Override
    public int count() {
      return part.count();
    }

    @Override
    public void load(int from, int count, long[] into) throws IOException {
      check();
      StoredIndex.this.load(offset + (long) from * Row.WIDTH * Long.BYTES, count * Row.WIDTH, into);
    }

    @Override
    public long[] last() {
      long[] row = new long[Row.WIDTH];
      row[Row.HIGH] = part.lastHigh();
      row[Row.LOW] = part.lastLow();
      row[Row.SEQUENCE] = part.lastSequence();
      return row;
    }
  }
}
