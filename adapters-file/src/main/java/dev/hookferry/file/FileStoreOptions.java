package dev.hookferry.file;

import dev.hookferry.file.journal.SegmentSizes;
import dev.hookferry.refusal.Problems;

/**
 * Tuning options of a {@link FileStore}: {@code FileStoreOptions.DEFAULT.withSegmentBytes(16 <<
 * 20)}. The defaults suit almost everyone. Immutable; each {@code with} method returns a copy and
 * checks its argument immediately.
 */
public final class FileStoreOptions {
  /**
   * Default options: 64 MiB files that grow in steps of 1 MiB and are rewritten once half of them
   * has expired.
   */
  public static final FileStoreOptions DEFAULT =
      new FileStoreOptions(new SegmentSizes(64 << 20, 1 << 20, 0.5));

  private final SegmentSizes sizes;

  private FileStoreOptions(SegmentSizes sizes) {
    Problems problems = new Problems();
    problems.require(
        sizes.segmentBytes() >= 1 << 16 && sizes.segmentBytes() <= 1 << 30,
        "segmentBytes",
        "must be from 65536 to 1073741824 (got " + sizes.segmentBytes() + ")");
    problems.require(
        sizes.preallocatedBytes() >= 1 << 12 && sizes.preallocatedBytes() <= 1 << 24,
        "preallocatedBytes",
        "must be from 4096 to 16777216 (got " + sizes.preallocatedBytes() + ")");
    problems.require(
        sizes.reclaimShare() > 0 && sizes.reclaimShare() <= 1,
        "reclaimShare",
        "must be above 0, and at most 1 (got " + sizes.reclaimShare() + ")");
    problems.throwIfAny();
    this.sizes = sizes;
  }

  /**
   * Returns a copy with the given size at which a journal file is closed and the next one started:
   * 64 KiB to 1 GiB, 64 MiB by default. A larger size means fewer files, a longer recovery after a
   * crash, and retention in coarser steps.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is out of bounds
   */
  public FileStoreOptions withSegmentBytes(int size) {
    return new FileStoreOptions(
        new SegmentSizes(size, sizes.preallocatedBytes(), sizes.reclaimShare()));
  }

  /**
   * Returns a copy with the given step in which a journal file grows: 4 KiB to 16 MiB, 1 MiB by
   * default.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is out of bounds
   */
  public FileStoreOptions withPreallocatedBytes(int step) {
    return new FileStoreOptions(new SegmentSizes(sizes.segmentBytes(), step, sizes.reclaimShare()));
  }

  /**
   * Returns a copy with the given share of a journal file that must have expired before the file is
   * rewritten without it: above 0 and up to 1, a half by default. A file that has expired
   * completely is always reclaimed.
   *
   * @throws dev.hookferry.refusal.InvalidException if it is out of bounds
   */
  public FileStoreOptions withReclaimShare(double share) {
    return new FileStoreOptions(
        new SegmentSizes(sizes.segmentBytes(), sizes.preallocatedBytes(), share));
  }

  SegmentSizes sizes() {
    return sizes;
  }
}
