package dev.hookferry.file.audit;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the indexes of completed files. Keeps those of the newest files, up to a total number
 * of lines; older files are read again by each query that gets that far. Thread-safe.
 */
final class AuditIndexes {
  private final TreeMap<Long, AuditIndex> byFirst = new TreeMap<>();
  private final int maxLines;
  private int lines;

  /**
   * Creates an empty cache.
   *
   * @param maxLines the maximum number of lines, over all files
   */
  AuditIndexes(int maxLines) {
    this.maxLines = maxLines;
  }

  /** Returns the index of the file with this first line; null if it is not cached. */
  synchronized @Nullable AuditIndex get(long first) {
    return byFirst.get(first);
  }

  /** Caches the index of the file with this first line if the file is among the newest. */
  synchronized void put(long first, AuditIndex index) {
    remove(first);
    byFirst.put(first, index);
    lines += index.size();
    while (lines > maxLines) {
      remove(byFirst.firstKey());
    }
  }

  /** Removes the index of the file with this first line. */
  synchronized void remove(long first) {
    AuditIndex index = byFirst.remove(first);
    lines -= index == null ? 0 : index.size();
  }
}
