package dev.hookferry.file.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * All segments, oldest first, numbered without gaps. Thread-safe. Callers that read files of
 * segments hold the {@link #reading} lock, so that no file is removed while they read.
 */
public final class Segments {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile List<Segment> all = List.of();

  /** Returns the lock to hold while reading files of segments. */
  public Lock reading() {
    return lock.readLock();
  }

  /** Returns the lock to hold while replacing or removing files. */
  public Lock replacing() {
    return lock.writeLock();
  }

  public List<Segment> all() {
    return all;
  }

  /** Returns the segment that new batches are appended to. */
  public Segment active() {
    List<Segment> now = all;
    return now.get(now.size() - 1);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Returns the segment with this number, which must exist. */
  public Segment get(int number) {
    List<Segment> now = all;
    return now.get(number - now.get(0).number());
  }

  public void add(Segment segment) {
    List<Segment> more = new ArrayList<>(all);
    more.add(segment);
    all = List.copyOf(more);
  }

  /** Replaces the segment that has the same number. */
  public void replace(Segment segment) {
    List<Segment> changed = new ArrayList<>(all);
    changed.set(segment.number() - all.get(0).number(), segment);
    all = List.copyOf(changed);
  }

  public void removeFirst() {
    all = all.subList(1, all.size());
  }

  /** Returns whether the event with this sequence number is still stored. */
  public boolean hasEvent(long sequence) throws IOException {
    Optional<Segment> segment = of(sequence);
    return segment.isPresent() && segment.get().hasEvent(sequence);
  }

  /** Returns the segment whose range has this sequence number. */
  public Optional<Segment> of(long sequence) {
    List<Segment> now = all;
    int from = 0;
    int to = now.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (now.get(middle).header().first() <= sequence) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from > 0 ? Optional.of(now.get(from - 1)) : Optional.empty();
  }

  /** Closes all files. */
  public void close() throws IOException {
    for (Segment segment : all) {
      segment.close();
    }
  }
}
