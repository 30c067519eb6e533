package dev.hookferry.file.audit;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of the files that are complete. Keeps those of the newest files, up to a number of lines;
 * an older file is read again by each query that gets that far. Thread-safe.
 */
final class AuditIndexes {
  private final TreeMap<Long, AuditIndex> byFirst = new TreeMap<>();
  private final int maxLines;
  private int lines;

  /**
   * Creates an empty collection.
   *
   * @param maxLines the lines of all files together
   */
  AuditIndexes(int maxLines) {
    this.maxLines = maxLines;
  }

  /** Returns the index of the file with this first line; null if it has none. */
  synchronized @Nullable AuditIndex get(long first) {
    return byFirst.get(first);
  }

  /** Keeps the index of the file with this first line, if it is among the newest. */
  synchronized void put(long first, AuditIndex index) {
    remove(first);
    byFirst.put(first, index);
    lines += index.size();
    while (lines > maxLines) {
      remove(byFirst.firstKey());
    }
  }

  /** Forgets the file with this first line. */
  synchronized void remove(long first) {
    AuditIndex index = byFirst.remove(first);
    lines -= index == null ? 0 : index.size();
  }
}
