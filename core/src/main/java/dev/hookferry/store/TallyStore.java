package dev.hookferry.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Keeps what nodes count over spans of time, as texts that it need not understand, so that charts
 * outlive a restart and show all nodes. What was put in the last minutes before a crash may be
 * lost. Implementations are thread-safe, may block, and throw {@link StoreException} if the store
 * fails; nothing else suffers from that.
 */
public interface TallyStore {
  /**
   * What one process counted in one span of time.
   *
   * @param writer the process
   * @param name what was counted: 1 to 120 visible ASCII characters
   * @param from the beginning of the span, to the second
   * @param until when it is of no use any more, to the second
   * @param text visible ASCII without blanks, up to 2,000 characters
   */
  record Tally(UUID writer, String name, Instant from, Instant until, String text) {}

  /**
   * Keeps these in the place of those with the same writer, name and beginning, and forgets those
   * of all writers that are of no use any more.
   *
   * @param now when they are put
   */
  void put(List<Tally> tallies, Instant now);

  /** Those that were put at this time or later, in no order. */
  List<Tally> since(Instant time);

  /** Keeps nothing. */
  static TallyStore none() {
    return new TallyStore() {
      @Override
      public void put(List<Tally> tallies, Instant now) {
        // Charts of such a store begin anew with each start.
      }

      @Override
      public List<Tally> since(Instant time) {
        return List.of();
      }
    };
  }
}
