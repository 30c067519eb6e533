package dev.hookferry.file.transfer;

import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.pending.PendingRows;
import java.util.Arrays;

/** The sequence numbers of the events with pending deliveries, eight bytes each. Immutable. */
final class SequenceSet {
  private final long[] sorted;

  private SequenceSet(long[] sorted) {
    this.sorted = sorted;
  }

  /** Returns the events that currently have pending deliveries. */
  static SequenceSet of(PendingIndex pending) {
    synchronized (pending) {
      PendingRows rows = pending.rows();
      long[] events = new long[rows.slots()];
      int count = 0;
      for (int slot = 0; slot < rows.slots(); slot++) {
        if (rows.isUsed(slot)) {
          events[count++] = pending.event(slot);
        }
      }
      long[] sorted = Arrays.copyOf(events, count);
      Arrays.sort(sorted);
      return new SequenceSet(sorted);
    }
  }

  boolean contains(long sequence) {
    return Arrays.binarySearch(sorted, sequence) >= 0;
  }
}
