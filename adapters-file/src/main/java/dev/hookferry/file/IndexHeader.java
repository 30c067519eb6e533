package dev.hookferry.file;

import dev.hookferry.file.JournalRecord.HeaderRecord;
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
record IndexHeader(
    HeaderRecord segment,
    End end,
    int filterWords,
    Map<Listing, Part> parts,
    List<Section> sections) {
  private static final long MAGIC = 0x686b_6669_6478_3032L;
  private static final int PART = 5;
  private static final int LONGS = 8 + PART * Listing.values().length + 2 * Section.COUNT;

  /** How many bytes it has; its checksum, which covers the filter too, comes behind. */
  static final int BYTES = LONGS * Long.BYTES;

  /**
   * What there is of a listing.
   *
   * @param span between which times
   * @param lastHigh of the greatest row, see {@link Row}
   * @param lastLow of the greatest row
   * @param lastSequence of the greatest row
   */
  record Part(SegmentIndex.Span span, long lastHigh, long lastLow, long lastSequence) {}

  IndexHeader {
    parts = Map.copyOf(parts);
    sections = List.copyOf(sections);
  }

  Part listing(Listing listing) {
    return RecordReader.need(parts.get(listing), listing.name());
  }

  long filterOffset() {
    return (long) BYTES + Long.BYTES;
  }

  /** Where the sections begin. */
  long bodyOffset() {
    return filterOffset() + (long) filterWords * Long.BYTES;
  }

  /**
   * Where a section begins, by its number; with the number behind the last, where the file ends.
   */
  long offset(int section) {
    return bodyOffset() + sections.subList(0, section).stream().mapToLong(Section::length).sum();
  }

  void write(ByteBuffer into) {
    into.putLong(MAGIC);
    into.putLong(segment.number()).putLong(segment.first()).putLong(segment.last());
    into.putLong(end.sequence()).putLong(end.crc()).putLong(end.length());
    into.putLong(filterWords);
    for (Listing listing : Listing.values()) {
      Part part = listing(listing);
      into.putLong(part.span().first()).putLong(part.span().last());
      into.putLong(part.lastHigh()).putLong(part.lastLow()).putLong(part.lastSequence());
    }
    for (Section section : sections) {
      into.putLong(section.length()).putLong(section.crc());
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
    int words = Math.toIntExact(from.getLong());
    Map<Listing, Part> parts = new EnumMap<>(Listing.class);
    for (Listing listing : Listing.values()) {
      SegmentIndex.Span span = new SegmentIndex.Span(from.getLong(), from.getLong());
      parts.put(listing, new Part(span, from.getLong(), from.getLong(), from.getLong()));
    }
    List<Section> sections = new ArrayList<>();
    while (sections.size() < Section.COUNT) {
      sections.add(new Section(from.getLong(), from.getLong()));
    }
    return new IndexHeader(segment, end, words, parts, sections);
  }
}
