package dev.hookferry.file;

import dev.hookferry.file.JournalRecord.HeaderRecord;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/**
 * The beginning of an index file: which state of which segment it is about, and where its parts
 * are. After it come the filter, the rows of each listing, and the keys.
 *
 * @param segment the segment's own header
 * @param end where the segment ended
 * @param keys how many keys there are
 * @param filterWords how many words the filter has
 * @param parts what there is of each listing
 * @param bodyCrc the checksum of rows and keys
 */
record IndexHeader(
    HeaderRecord segment,
    End end,
    int keys,
    int filterWords,
    Map<Listing, Part> parts,
    long bodyCrc) {
  private static final long MAGIC = 0x686b_6669_6478_3031L;
  private static final int PART = 6;
  private static final int LONGS = 10 + PART * Listing.values().length;

  /** How many bytes it has; its checksum, which covers the filter too, comes behind. */
  static final int BYTES = LONGS * Long.BYTES;

  /**
   * What there is of a listing.
   *
   * @param count how many rows
   * @param span between which times
   * @param lastHigh of the greatest row, see {@link Row}
   * @param lastLow of the greatest row
   * @param lastSequence of the greatest row
   */
  record Part(int count, SegmentIndex.Span span, long lastHigh, long lastLow, long lastSequence) {}

  IndexHeader {
    parts = Map.copyOf(parts);
  }

  Part listing(Listing listing) {
    return RecordReader.need(parts.get(listing), listing.name());
  }

  long filterOffset() {
    return (long) BYTES + Long.BYTES;
  }

  long bodyOffset() {
    return filterOffset() + (long) filterWords * Long.BYTES;
  }

  long rowsOffset(Listing listing) {
    long offset = bodyOffset();
    for (Listing before : Listing.values()) {
      if (before.compareTo(listing) < 0) {
        offset += (long) listing(before).count() * Row.WIDTH * Long.BYTES;
      }
    }
    return offset;
  }

  long keysOffset() {
    Part last = listing(Listing.STATES);
    return rowsOffset(Listing.STATES) + (long) last.count() * Row.WIDTH * Long.BYTES;
  }

  long fileLength() {
    return keysOffset() + (long) keys * 2 * Long.BYTES;
  }

  void write(ByteBuffer into) {
    into.putLong(MAGIC);
    into.putLong(segment.number()).putLong(segment.first()).putLong(segment.last());
    into.putLong(end.sequence()).putLong(end.crc()).putLong(end.length());
    into.putLong(keys).putLong(filterWords).putLong(bodyCrc);
    for (Listing listing : Listing.values()) {
      Part part = listing(listing);
      into.putLong(part.count()).putLong(part.span().first()).putLong(part.span().last());
      into.putLong(part.lastHigh()).putLong(part.lastLow()).putLong(part.lastSequence());
    }
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if these bytes are none
   */
  static IndexHeader read(ByteBuffer from) {
    if (from.getLong() != MAGIC) {
      throw new IllegalArgumentException("it is no index of this version");
    }
    HeaderRecord segment = new HeaderRecord((int) from.getLong(), from.getLong(), from.getLong());
    End end = new End(from.getLong(), (int) from.getLong(), (int) from.getLong());
    int keys = Math.toIntExact(from.getLong());
    int words = Math.toIntExact(from.getLong());
    long crc = from.getLong();
    Map<Listing, Part> parts = new EnumMap<>(Listing.class);
    for (Listing listing : Listing.values()) {
      int count = Math.toIntExact(from.getLong());
      SegmentIndex.Span span = new SegmentIndex.Span(from.getLong(), from.getLong());
      parts.put(listing, new Part(count, span, from.getLong(), from.getLong(), from.getLong()));
    }
    return new IndexHeader(segment, end, keys, words, parts, crc);
  }
}
