package dev.hookferry.store.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Storage of sessions and one-time codes, which are found by the hash of their secret token. Every
 * change is durable when the method returns, and every process that shares the store sees it in
 * later calls. The store compares times only where a method states that; callers check whether a
 * session has expired. Implementations are thread-safe, may block, and throw {@link
 * dev.hookferry.store.StoreException} if the store fails.
 */
public interface SessionStore {
  /** Adds a session. */
  void add(SessionEntry entry);

  /** Returns the session with this hash, expired or not. */
  Optional<SessionEntry> find(String hash);

  /**
   * Removes and returns the session with this hash. Exactly one of several concurrent callers gets
   * it.
   */
  Optional<SessionEntry> take(String hash);

  /**
   * Replaces the times of last use and expiry of a session.
   *
   * @return false if there is no session with this hash; nothing was changed
   */
  boolean extend(String hash, Instant usedAt, Instant expiresAt);

  /**
   * Returns the sessions that match a filter, newest first by id.
   *
   * @param before the id that returned sessions must precede, or null to begin with the newest
   * @param limit the maximum number of sessions, at least 1
   */
  List<SessionEntry> list(SessionFilter filter, @Nullable UUID before, int limit);

  /**
   * Removes the sessions that match a filter.
   *
   * @return the number of sessions removed
   */
  int remove(SessionFilter filter);

  /**
   * Removes the sessions that have expired by this time.
   *
   * @return the number of sessions removed
   */
  int purge(Instant now);

  /** Returns an empty in-memory store, for stores without session support and for tests. */
  static SessionStore inMemory() {
    return new SessionsInMemory();
  }
}
