package dev.hookferry.file.record;

/**
 * Where a segment ends, or ends so far.
 *
 * @param sequence the number of its last line; lines that were taken out count
 * @param crc the checksum of its last line
 * @param length how many bytes its lines have
 */
public record SegmentEnd(long sequence, int crc, int length) {}
