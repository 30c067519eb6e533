package dev.hookferry.file.record;

/**
 * Where a record stands.
 *
 * @param segment the number of the segment, or 0 while its batch is not written yet
 * @param sequence the record's sequence number
 * @param offset where its line begins in the segment, or in its batch
 * @param length how long its line is, without the line break
 */
public record RecordPosition(int segment, long sequence, int offset, int length) {
  /** The place of a record of a batch that begins at an offset of a segment. */
  public RecordPosition in(int written, int base) {
    return new RecordPosition(written, sequence, base + offset, length);
  }

  /** Offset and length in one number, as indexes keep them. */
  public long packed() {
    return (long) offset << 32 | length;
  }
}
