package dev.hookferry.file.record;

/**
 * Current end of a segment.
 *
 * @param sequence sequence number of its last line, counting removed lines
 * @param crc checksum of its last line
 * @param length length of its lines in bytes
 */
public record SegmentEnd(long sequence, int crc, int length) {}
