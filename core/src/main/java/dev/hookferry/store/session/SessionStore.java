package dev.hookferry.store.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Storage of sessions and one-time codes, found by the hash of their secret token. Every change is
 * durable when it returns, and every process that shares the store sees it in later calls. The
 * store compares times only where a method says so: callers check whether a session has expired.
 * Implementations are thread-safe, may block, and throw {@link dev.hookferry.store.StoreException}
 * if the store fails.
 */
public interface SessionStore {
  /** Adds a session. */
  void add(SessionEntry entry);

  /** Returns the session with this hash, expired or not. */
  Optional<SessionEntry> find(String hash);

  /** Removes and returns the session with this hash. Of concurrent callers, exactly one gets it. */
  Optional<SessionEntry> take(String hash);

  /**
   * Replaces the times of a session.
   *
   * @return false if there is no session with this hash; nothing was changed
   */
  boolean extend(String hash, Instant usedAt, Instant expiresAt);

  /**
   * Returns the sessions that a filter chooses, newest first by id.
   *
   * @param before the id before which they were created, or null to begin with the newest
   * @param limit the maximum number, at least 1
   */
  List<SessionEntry> list(SessionFilter filter, @Nullable UUID before, int limit);

  /**
   * Removes the sessions that a filter chooses.
   *
   * @return how many were removed
   */
  int remove(SessionFilter filter);

  /**
   * Removes the sessions that have expired at this time.
   *
   * @return how many were removed
   */
  int purge(Instant now);

  /** Returns an empty store in memory: for stores without one, and for tests. */
  static SessionStore inMemory() {
    return new SessionsInMemory();
  }
}
