package dev.hookferry.store;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Storage of replays as opaque strings; a few hundred at most. Implementations are thread-safe, may
 * block, and throw {@link StoreException} if the store fails.
 */
public interface ReplayStore {
  /**
   * A stored replay.
   *
   * @param id the unique, time-ordered id
   * @param revision starts at 1 and increases by one with every change
   * @param text visible ASCII without spaces, at most 30,000 characters
   */
  record ReplayEntry(UUID id, long revision, String text) {
    public ReplayEntry {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(text, "text");
    }
  }

  /** Returns all replays, newest first. */
  List<ReplayEntry> all();

  /**
   * Saves a replay durably unless it was changed concurrently.
   *
   * @param expected the current revision, or 0 for a new replay; the stored revision becomes one
   *     higher
   * @return false if the stored revision differs; nothing was changed
   */
  boolean save(UUID id, String text, long expected);

  /** Deletes a replay; no effect if it does not exist. */
  void remove(UUID id);
}
