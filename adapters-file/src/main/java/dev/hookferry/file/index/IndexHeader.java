package dev.hookferry.file.index;

import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.file.record.SegmentEnd;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Header of an index file: the state of the segment it was built from, and the layout of the file.
 * It is followed by its checksum, the filter and the sections.
 *
 * @param segment header of the segment
 * @param end end of the segment when the index was built
 * @param filterWords size of the filter in words
 * @param parts summary of each listing
 * @param sections the sections in the order of their numbers
 */
public record IndexHeader(
    HeaderRecord segment,
    SegmentEnd end,
    int filterWords,
    Map<IndexedList, ListingSummary> parts,
    List<IndexSection> sections) {
  private static final long MAGIC = 0x686b_6669_6478_3032L;
  private static final int PART = 5;
  private static final int LONGS = 8 + PART * IndexedList.values().length + 2 * IndexSection.COUNT;

  /**
   * Size of the header in bytes, excluding the checksum that follows, which also covers the filter.
   */
  public static final int BYTES = LONGS * Long.BYTES;

  /**
   * Summary of a listing.
   *
   * @param span earliest and latest time of its rows
   * @param lastHigh column {@link IndexEntry#HIGH} of the greatest row
   * @param lastLow column {@link IndexEntry#LOW} of the greatest row
   * @param lastSequence column {@link IndexEntry#SEQUENCE} of the greatest row
   */
  public record ListingSummary(
      SegmentIndex.Span span, long lastHigh, long lastLow, long lastSequence) {}

  public IndexHeader {
    Map<IndexedList, ListingSummary> copy = new EnumMap<>(IndexedList.class);
    copy.putAll(parts);
    parts = Collections.unmodifiableMap(copy);
    sections = List.copyOf(sections);
  }

  ListingSummary listing(IndexedList listing) {
    return RecordReader.need(parts.get(listing), listing.name());
  }

  public long filterOffset() {
    return (long) BYTES + Long.BYTES;
  }

  /** Returns the file offset of the first section. */
  public long bodyOffset() {
    return filterOffset() + (long) filterWords * Long.BYTES;
  }

  /**
   * Returns the file offset of a section; for the number after the last section, the size of the
   * file.
   */
  public long offset(int section) {
    return bodyOffset()
        + sections.subList(0, section).stream().mapToLong(IndexSection::length).sum();
  }

  public void write(ByteBuffer target) {
    target.putLong(MAGIC);
    target.putLong(segment.number()).putLong(segment.first()).putLong(segment.last());
    target.putLong(end.sequence()).putLong(end.crc()).putLong(end.length());
    target.putLong(filterWords);
    for (IndexedList listing : IndexedList.values()) {
      ListingSummary part = listing(listing);
      target.putLong(part.span().first()).putLong(part.span().last());
      target.putLong(part.lastHigh()).putLong(part.lastLow()).putLong(part.lastSequence());
    }
    for (IndexSection section : sections) {
      target.putLong(section.length()).putLong(section.crc());
    }
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if the bytes are not a header of this version
   */
  public static IndexHeader read(ByteBuffer from) {
    if (from.getLong() != MAGIC) {
      throw new IllegalArgumentException("the file is not an index of this version");
    }
    HeaderRecord segment = new HeaderRecord((int) from.getLong(), from.getLong(), from.getLong());
    SegmentEnd end = new SegmentEnd(from.getLong(), (int) from.getLong(), (int) from.getLong());
    int words = Math.toIntExact(from.getLong());
    Map<IndexedList, ListingSummary> parts = new EnumMap<>(IndexedList.class);
    for (IndexedList listing : IndexedList.values()) {
      SegmentIndex.Span span = new SegmentIndex.Span(from.getLong(), from.getLong());
      parts.put(listing, new ListingSummary(span, from.getLong(), from.getLong(), from.getLong()));
    }
    List<IndexSection> sections = new ArrayList<>();
    while (sections.size() < IndexSection.COUNT) {
      sections.add(new IndexSection(from.getLong(), from.getLong()));
    }
    return new IndexHeader(segment, end, words, parts, sections);
  }
}
