package dev.hookferry.file;

import dev.hookferry.file.journal.SegmentSizes;
import dev.hookferry.refusal.Problems;

/**
 * How a {@link FileStore} uses its directory. The defaults suit nearly everybody.
 *
 * @param segmentBytes how large a journal file grows before the next one is begun: 64 KiB to 1 GiB.
 *     Larger files mean fewer of them, a longer start after a crash, and coarser forgetting
 * @param preallocatedBytes by how much a journal file is lengthened at a time, 4 KiB to 16 MiB
 * @param reclaimShare which share of a journal file must have been forgotten before the file is
 *     written anew without it, above 0 to 1; a file of which nothing is left goes at once
 */
public record FileStoreOptions(int segmentBytes, int preallocatedBytes, double reclaimShare) {
  /** Files of 64 MiB, lengthened by 1 MiB, written anew when half of them was forgotten. */
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

  /** The same with journal files of another size. */
  public FileStoreOptions withSegmentBytes(int changed) {
    return new FileStoreOptions(changed, preallocatedBytes, reclaimShare);
  }
}
