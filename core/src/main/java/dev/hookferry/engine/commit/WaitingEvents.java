package dev.hookferry.engine.commit;

import java.util.List;

/** Counter of the events that wait for their commit or are being committed. */
final class WaitingEvents {
  private int count;
  private long bytes;

  /** Returns the number of events. */
  int count() {
    return count;
  }

  /** Returns their payload bytes. */
  long bytes() {
    return bytes;
  }

  /** Counts the events of an entry that was added. */
  void add(CommitEntry entry) {
    count += entry.events();
    bytes += entry.bytes();
  }

  /** Stops counting events that no longer wait for a commit. */
  void remove(List<CommitEntry> entries) {
    for (CommitEntry entry : entries) {
      count -= entry.events();
      bytes -= entry.bytes();
    }
  }
}
