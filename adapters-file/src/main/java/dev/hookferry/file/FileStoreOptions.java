package dev.hookferry.file;

import dev.hookferry.file.journal.SegmentSizes;
import dev.hookferry.refusal.Problems;

/**
 * Tuning options of a {@link FileStore}. The defaults suit almost everyone.
 *
 * @param segmentBytes size at which a journal file is closed and the next one begun, 64 KiB to 1
 *     GiB. Larger files mean fewer files, a longer recovery after a crash, and retention in coarser
 *     steps
 * @param preallocatedBytes step in which a journal file grows, 4 KiB to 16 MiB
 * @param reclaimShare share of a journal file that must have expired before the file is rewritten
 *     without it, above 0 and up to 1; a file that has expired completely is always reclaimed
 */
public record FileStoreOptions(int segmentBytes, int preallocatedBytes, double reclaimShare) {
  /**
   * Default options: 64 MiB files that grow in steps of 1 MiB and are rewritten once half of them
   * has expired.
   */
  public static final FileStoreOptions DEFAULT = new FileStoreOptions(64 << 20, 1 << 20, 0.5);

  public FileStoreOptions {
    Problems problems = new Problems();
    problems.require(
        segmentBytes >= 1 << 16 && segmentBytes <= 1 << 30,
        "segmentBytes",
        "must be from 65536 to 1073741824");
    problems.require(
        preallocatedBytes >= 1 << 12 && preallocatedBytes <= 1 << 24,
        "preallocatedBytes",
        "must be from 4096 to 16777216");
    problems.require(
        reclaimShare > 0 && reclaimShare <= 1, "reclaimShare", "must be above 0, and at most 1");
    problems.throwIfAny();
  }

  SegmentSizes sizes() {
    return new SegmentSizes(segmentBytes, preallocatedBytes, reclaimShare);
  }

  /** Returns these options with another size of journal files. */
  public FileStoreOptions withSegmentBytes(int changed) {
    return new FileStoreOptions(changed, preallocatedBytes, reclaimShare);
  }
}
