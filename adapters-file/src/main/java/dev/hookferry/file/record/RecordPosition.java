package dev.hookferry.file.record;

/**
 * Position of a record in the journal.
 *
 * @param segment number of the segment, or 0 while the batch is not written yet
 * @param sequence sequence number of the record
 * @param offset offset of the line in the segment, or in the batch while it is not written yet
 * @param length length of the line in bytes, without the line break
 */
public record RecordPosition(int segment, long sequence, int offset, int length) {
  /** Returns the position in a segment, for a batch that begins at {@code base}. */
  public RecordPosition in(int written, int base) {
    return new RecordPosition(written, sequence, base + offset, length);
  }

  /** Returns offset and length packed into one number, as stored in indexes. */
  public long packed() {
    return (long) offset << 32 | length;
  }
}
