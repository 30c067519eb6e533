package dev.hookferry.file.journal;

/**
 * How large the files of the journal become.
 *
 * @param segmentBytes length at which a file is closed and the next one begun
 * @param preallocatedBytes by how much a file is lengthened at a time
 * @param reclaimShare share of a closed file that must have expired before it is rewritten without
 *     it, above 0 to 1
 */
public record SegmentSizes(int segmentBytes, int preallocatedBytes, double reclaimShare) {}
