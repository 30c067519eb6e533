package dev.hookferry.file.journal;

/**
 * Size limits of journal files.
 *
 * @param segmentBytes size at which a file is closed and the next one started
 * @param preallocatedBytes step in which a file grows
 * @param reclaimShare share of a closed file that must have expired before the file is rewritten
 *     without it, above 0 and up to 1
 */
public record SegmentSizes(int segmentBytes, int preallocatedBytes, double reclaimShare) {}
