package dev.hookferry.file.index;

import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.record.RecordReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The index of a closed segment, stored in a file. Only its filter is kept in memory. Thread-safe.
 */
public final class StoredIndex implements SegmentIndex, AutoCloseable {
  private static final int BLOCK = 256;
  private static final int KEY_WIDTH = 2;

  private final IndexHeader header;

  /** Time span of each listing; every lookup needs those of all segments. */
  private final Map<IndexedList, Span> spans = new EnumMap<>(IndexedList.class);

  private final BloomFilter filter;
  private final SectionReader sections;

  /**
   * Creates an index over an open file.
   *
   * @param checked whether the sections are known to be intact
   */
  public StoredIndex(
      String name, DiskFile file, IndexHeader header, BloomFilter filter, boolean checked) {
    this.header = header;
    for (IndexedList listing : IndexedList.values()) {
      spans.put(listing, header.listing(listing).span());
    }
    this.filter = filter;
    this.sections = new SectionReader(name, file, header, checked);
  }

  /** Returns the header of the file. */
  public IndexHeader header() {
    return header;
  }

  @Override
  public IndexEntries rows(IndexedList listing) {
    return new StoredRows(listing);
  }

  @Override
  public Span span(IndexedList listing) {
    return RecordReader.need(spans.get(listing), listing.name());
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
    int count = sections.longs(IndexSection.KEYS) / KEY_WIDTH;
    int from = 0;
    int to = count;
    while (to - from > BLOCK) {
      int middle = (from + to) >>> 1;
      if (KeyTable.rank(keys(middle, 1)[0]) < KeyTable.rank(key)) {
        from = middle;
      } else {
        to = middle;
      }
    }
    // The first match of the key, if any, is in this block; more may follow in the next ones.
    for (int at = from; at < count; at += BLOCK) {
      long[] block = keys(at, Math.min(BLOCK, count - at));
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
    sections.load(IndexSection.KEYS, from * KEY_WIDTH, keys.length, keys);
    return keys;
  }

  @Override
  public void close() throws IOException {
    sections.close();
  }

  private final class StoredRows implements IndexEntries {
    private final IndexedList listing;
    private final int section;

    StoredRows(IndexedList listing) {
      this.listing = listing;
      this.section = IndexSection.Kind.ROWS.of(listing);
    }

    @Override
    public int count() {
      return sections.longs(section) / IndexEntry.WIDTH;
    }

    @Override
    public void load(int from, int count, long[] target) throws IOException {
      sections.load(section, from * IndexEntry.WIDTH, count * IndexEntry.WIDTH, target);
    }

    @Override
    public @Nullable BitSet matching(EntryFilter chosen) throws IOException {
      long[] groups = sections.all(IndexSection.Kind.GROUPS.of(listing));
      BitSet matching = new BitSet(count());
      int start = 0;
      int from = 0;
      boolean isAll = true;
      for (int i = 0; i < groups.length; i += BloomGroups.WIDTH) {
        int end = (int) groups[i + 2];
        if (!chosen.matchesGroup(groups[i], groups[i + 1])) {
          add(from, start, matching);
          from = end;
          isAll = false;
        }
        start = end;
      }
      if (!isAll) {
        add(from, start, matching);
      }
      if (chosen.containsAll(span(listing))) {
        return isAll ? null : matching;
      }
      if (isAll) {
        matching.set(0, count());
      }
      clearOtherTimes(chosen, matching);
      return matching;
    }

    /** Reads the numbers of adjacent groups together. */
    private void add(int from, int end, BitSet target) throws IOException {
      if (from < end) {
        ByteBuffer numbers =
            sections.bytes(IndexSection.Kind.NUMBERS.of(listing), from * 4, end * 4);
        while (numbers.hasRemaining()) {
          target.set(numbers.getInt());
        }
      }
    }

    private void clearOtherTimes(EntryFilter chosen, BitSet from) throws IOException {
      long[] times = sections.all(IndexSection.Kind.TIMES.of(listing));
      for (int i = 0; i < times.length; i += 2) {
        if (!chosen.mayMatch(times[i], times[i + 1])) {
          from.clear(i / 2 * BloomGroups.BLOCK, (i / 2 + 1) * BloomGroups.BLOCK);
        }
      }
    }

    @Override
    public long[] last() {
      IndexHeader.ListingSummary part = header.listing(listing);
      long[] row = new long[IndexEntry.WIDTH];
      row[IndexEntry.HIGH] = part.lastHigh();
      row[IndexEntry.LOW] = part.lastLow();
      row[IndexEntry.SEQUENCE] = part.lastSequence();
      return row;
    }
  }
}
