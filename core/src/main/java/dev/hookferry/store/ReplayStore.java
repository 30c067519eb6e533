package dev.hookferry.store;

import java.util.List;
import java.util.UUID;

/**
 * Keeps replays, as texts that it need not understand. There are few: some hundreds at most.
 * Implementations are thread-safe, may block, and throw {@link StoreException} if the store fails.
 */
public interface ReplayStore {
  /**
   * A replay as it is kept.
   *
   * @param id its identity, time-ordered
   * @param revision grows by one with every change, from 1
   * @param text visible ASCII without blanks, up to 8,000 characters
   */
  record Kept(UUID id, long revision, String text) {}

  /** All of them, newest first. */
  List<Kept> all();

  /**
   * Keeps one, durably, if nobody changed it meanwhile.
   *
   * @param expected the revision that it has, or 0 if it is new; it then has the next
   * @return false, with nothing changed, if it has another
   */
  boolean save(UUID id, String text, long expected);

  /** Forgets one; harmless if it is not there. */
  void remove(UUID id);
}
