package dev.hookferry.file.index;

import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.file.record.SegmentEnd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The beginning of an index file: which state of which segment it is about, and where its parts
 * are. After it come the filter and the sections.
 *
 * @param segment the segment's own header
 * @param end where the segment ended
 * @param filterWords how many words the filter has
 * @param parts what there is of each listing
 * @param sections in the order of their numbers
 */
public record IndexHeader(
    HeaderRecord segment,
    SegmentEnd end,
    int filterWords,
    Map<IndexedList, Part> parts,
    List<IndexSection> sections) {
  private static final long MAGIC = 0x686b_6669_6478_3032L;
  private static final int PART = 5;
  private static final int LONGS = 8 + PART * IndexedList.values().length + 2 * IndexSection.COUNT;

  /** How many bytes it has; its checksum, which covers the filter too, comes behind. */
  public static final int BYTES = LONGS * Long.BYTES;

  /**
   * What there is of a listing.
   *
   * @param span between which times
   * @param lastHigh of the greatest row, see {@link IndexEntry}
   * @param lastLow of the greatest row
   * @param lastSequence of the greatest row
   */
  public record Part(SegmentIndex.Span span, long lastHigh, long lastLow, long lastSequence) {}

  public IndexHeader {
    parts = Map.copyOf(parts);
    sections = List.copyOf(sections);
  }

  Part listing(IndexedList listing) {
    return RecordReader.need(parts.get(listing), listing.name());
  }

  public long filterOffset() {
    return (long) BYTES + Long.BYTES;
  }

  /** Where the sections begin. */
  public long bodyOffset() {
    return filterOffset() + (long) filterWords * Long.BYTES;
  }

  /**
   * Where a section begins, by its number; with the number behind the last, where the file ends.
   */
  public long offset(int section) {
    return bodyOffset()
        + sections.subList(0, section).stream().mapToLong(IndexSection::length).sum();
  }

  public void write(ByteBuffer into) {
    into.putLong(MAGIC);
    into.putLong(segment.number()).putLong(segment.first()).putLong(segment.last());
    into.putLong(end.sequence()).putLong(end.crc()).putLong(end.length());
    into.putLong(filterWords);
    for (IndexedList listing : IndexedList.values()) {
      Part part = listing(listing);
      into.putLong(part.span().first()).putLong(part.span().last());
      into.putLong(part.lastHigh()).putLong(part.lastLow()).putLong(part.lastSequence());
    }
    for (IndexSection section : sections) {
      into.putLong(section.length()).putLong(section.crc());
    }
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if these bytes are none
   */
  public static IndexHeader read(ByteBuffer from) {
    if (from.getLong() != MAGIC) {
      throw new IllegalArgumentException("it is no index of this version");
    }
    HeaderRecord segment = new HeaderRecord((int) from.getLong(), from.getLong(), from.getLong());
    SegmentEnd end = new SegmentEnd(from.getLong(), (int) from.getLong(), (int) from.getLong());
    int words = Math.toIntExact(from.getLong());
    Map<IndexedList, Part> parts = new EnumMap<>(IndexedList.class);
    for (IndexedList listing : IndexedList.values()) {
      SegmentIndex.Span span = new SegmentIndex.Span(from.getLong(), from.getLong());
      parts.put(listing, new Part(span, from.getLong(), from.getLong(), from.getLong()));
    }
    List<IndexSection> sections = new ArrayList<>();
    while (sections.size() < IndexSection.COUNT) {
      sections.add(new IndexSection(from.getLong(), from.getLong()));
    }
    return new IndexHeader(segment, end, words, parts, sections);
  }
}
