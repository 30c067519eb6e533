package dev.hookferry.file.journal;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.index.BloomFilter;
import dev.hookferry.file.index.BloomGroups;
import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexHeader;
import dev.hookferry.file.index.IndexSection;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.index.MemoryIndex;
import dev.hookferry.file.index.StoredIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes the index of a closed segment to a file, and opens it. */
public final class IndexFile {
  private static final int ROW_BYTES = IndexEntry.WIDTH * Long.BYTES;
  private static final int ROWS_TOGETHER = 256;

  private IndexFile() {}

  /**
   * Writes the in-memory index of a closed segment to its file and switches the segment to it. No
   * effect if the index is stored already.
   */
  public static void store(Disk disk, Segment segment) throws IOException {
    if (segment.index() instanceof MemoryIndex index) {
      String name = Segment.indexName(segment.number());
      long[] keys = index.sortedKeys();
      // Keys alternate with positions; the rows add only a few distinct values.
      BloomFilter filter = BloomFilter.forKeys(keys.length / 2 + 1024);
      List<ByteBuffer> sections = sections(index, keys, filter);
      IndexHeader header = header(segment, index, filter, sections);
      ByteBuffer head =
          ByteBuffer.allocate((int) header.bodyOffset()).position(IndexHeader.BYTES + Long.BYTES);
      for (long word : filter.words()) {
        head.putLong(word);
      }
      header.write(head.position(0));
      head.putLong(headCrc(head));
      List<ByteBuffer> parts = new ArrayList<>(sections);
      parts.add(0, head.rewind());
      AtomicFile.write(disk, name, parts);
      DiskFile file = disk.open(name, Disk.Access.READ);
      segment.use(new StoredIndex(name, file, header, filter, true));
    }
  }

  /**
   * Returns the sections in the order of their numbers, and adds their keys and values to the
   * filter.
   */
  private static List<ByteBuffer> sections(MemoryIndex index, long[] keys, BloomFilter filter)
      throws IOException {
    List<ByteBuffer> sections = new ArrayList<>();
    for (IndexedList listing : IndexedList.values()) {
      IndexEntries rows = index.rows(listing);
      BloomGroups groups = BloomGroups.of(rows);
      groups.presences(listing, filter);
      sections.add(rows(rows));
      sections.addAll(List.of(groups.groups(), groups.times(), groups.numbers()));
    }
    ByteBuffer bytes = ByteBuffer.allocate(keys.length * Long.BYTES);
    bytes.asLongBuffer().put(keys);
    for (int i = 0; i < keys.length; i += 2) {
      filter.add(keys[i]);
    }
    sections.add(bytes);
    return sections;
  }

  private static ByteBuffer rows(IndexEntries rows) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rows.count(), ROW_BYTES));
    LongBuffer longs = bytes.asLongBuffer();
    long[] some = new long[ROWS_TOGETHER * IndexEntry.WIDTH];
    for (int from = 0; from < rows.count(); from += ROWS_TOGETHER) {
      int count = Math.min(ROWS_TOGETHER, rows.count() - from);
      rows.load(from, count, some);
      longs.put(some, 0, count * IndexEntry.WIDTH);
    }
    return bytes;
  }

  private static IndexHeader header(
      Segment segment, MemoryIndex index, BloomFilter filter, List<ByteBuffer> sections)
      throws IOException {
    Map<IndexedList, IndexHeader.ListingSummary> parts = new EnumMap<>(IndexedList.class);
    for (IndexedList listing : IndexedList.values()) {
      IndexEntries rows = index.rows(listing);
      long[] last = rows.count() == 0 ? new long[IndexEntry.WIDTH] : rows.last();
      parts.put(
          listing,
          new IndexHeader.ListingSummary(
              index.span(listing),
              last[IndexEntry.HIGH],
              last[IndexEntry.LOW],
              last[IndexEntry.SEQUENCE]));
    }
    List<IndexSection> described =
        sections.stream().map(bytes -> new IndexSection(bytes.remaining(), crc(bytes))).toList();
    return new IndexHeader(
        segment.header(), segment.end(), filter.words().length, parts, described);
  }

  private static long crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return crc.getValue();
  }

  /**
   * Returns the checksum over the header and the filter, skipping the field between them that holds
   * it.
   */
  private static long headCrc(ByteBuffer head) {
    CRC32C crc = new CRC32C();
    crc.update(head.duplicate().position(0).limit(IndexHeader.BYTES));
    crc.update(head.duplicate().clear().position(IndexHeader.BYTES + Long.BYTES));
    return crc.getValue();
  }

  /**
   * Opens the index file of a segment.
   *
   * @throws IOException if the file is missing or damaged
   */
  public static StoredIndex open(Disk disk, int number) throws IOException {
    String name = Segment.indexName(number);
    DiskFile file = disk.open(name, Disk.Access.READ);
    try {
      ByteBuffer start = ByteBuffer.allocate(IndexHeader.BYTES);
      file.read(start, 0);
      IndexHeader header = IndexHeader.read(start.flip());
      if (header.offset(IndexSection.COUNT) != file.size() || header.filterWords() < 1) {
        throw new IOException(name + " is truncated");
      }
      ByteBuffer head = ByteBuffer.allocate(Math.toIntExact(header.bodyOffset()));
      file.read(head, 0);
      if (head.getLong(IndexHeader.BYTES) != headCrc(head)) {
        throw new IOException(name + " is damaged");
      }
      long[] words = new long[header.filterWords()];
      head.position((int) header.filterOffset()).asLongBuffer().get(words);
      return new StoredIndex(name, file, header, new BloomFilter(words), false);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw new IOException(name + " cannot be used: " + e.getMessage(), e);
    }
  }
}
