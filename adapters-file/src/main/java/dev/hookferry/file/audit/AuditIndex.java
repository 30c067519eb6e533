package dev.hookferry.file.audit;

import dev.hookferry.audit.AuditEntry;
import java.util.Arrays;
import java.util.List;

/**
 * Index of one file: where each line ends, and enough about the line to skip most that do not match
 * a query. Takes 16 bytes per line. Not thread-safe.
 */
final class AuditIndex {
  private static final int SMALL = 64;

  private int[] ends;
  private int[] targets;
  private int[] marks;
  private int[] minutes;
  private int size;

  AuditIndex() {
    ends = new int[SMALL];
    targets = new int[SMALL];
    marks = new int[SMALL];
    minutes = new int[SMALL];
  }

  private AuditIndex(AuditIndex of, int from, int to) {
    ends = Arrays.copyOfRange(of.ends, from, to);
    targets = Arrays.copyOfRange(of.targets, from, to);
    marks = Arrays.copyOfRange(of.marks, from, to);
    minutes = Arrays.copyOfRange(of.minutes, from, to);
    size = to - from;
    int skipped = of.start(from);
    Arrays.setAll(ends, i -> ends[i] - skipped);
  }

  /** Returns the index of a file with these lines. */
  static AuditIndex of(List<AuditPart.Placed> lines) {
    AuditIndex index = new AuditIndex();
    lines.forEach(line -> index.add(line.line().entry(), Math.toIntExact(line.end())));
    return index;
  }

  /**
   * Adds the next line.
   *
   * @param end offset of the line after it
   */
  void add(AuditEntry entry, int end) {
    if (size == ends.length) {
      int room = Math.max(SMALL, Math.multiplyExact(size, 2));
      ends = Arrays.copyOf(ends, room);
      targets = Arrays.copyOf(targets, room);
      marks = Arrays.copyOf(marks, room);
      minutes = Arrays.copyOf(minutes, room);
    }
    ends[size] = end;
    targets[size] = AuditProbe.target(entry.target());
    marks[size] = AuditProbe.marks(entry);
    minutes[size] = AuditProbe.minute(entry.at());
    size++;
  }

  /** Removes all lines after the first {@code lines}. */
  void cut(int lines) {
    size = Math.min(size, lines);
  }

  /** Copies a range of lines into the index of a file that begins with the first of them. */
  AuditIndex range(int from, int to) {
    return new AuditIndex(this, from, to);
  }

  int size() {
    return size;
  }

  /** Returns the offset of a line, counted from 0. */
  int start(int line) {
    return line == 0 ? 0 : ends[line - 1];
  }

  /** Returns the offset at which a line ends and the next one begins. */
  int end(int line) {
    return ends[line];
  }

  /** Returns the last line before {@code line} that may match a query; -1 if there is none. */
  int lastBefore(int line, AuditProbe probe) {
    int at = line - 1;
    while (at >= 0 && !probe.mayMatch(targets[at], marks[at], minutes[at])) {
      at--;
    }
    return at;
  }
}
