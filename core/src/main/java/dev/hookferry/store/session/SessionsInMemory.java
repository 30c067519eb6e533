package dev.hookferry.store.session;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In-memory session store, by hash. */
final class SessionsInMemory implements SessionStore {
  private final Map<String, SessionEntry> byHash = new HashMap<>();

  @Override
  public synchronized void add(SessionEntry entry) {
    byHash.put(entry.hash(), entry);
  }

  @Override
  public synchronized Optional<SessionEntry> find(String hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  @Override
  public synchronized Optional<SessionEntry> take(String hash) {
    return Optional.ofNullable(byHash.remove(hash));
  }

  @Override
  public synchronized boolean extend(String hash, Instant usedAt, Instant expiresAt) {
    return byHash.computeIfPresent(hash, (key, entry) -> entry.extended(usedAt, expiresAt)) != null;
  }

  @Override
  public synchronized List<SessionEntry> list(
      SessionFilter filter, @Nullable UUID before, int limit) {
    Objects.requireNonNull(filter, "filter");
    return filter.newest(byHash.values(), before, limit);
  }

  @Override
  public synchronized int remove(SessionFilter filter) {
    int before = byHash.size();
    byHash.values().removeIf(filter::matches);
    return before - byHash.size();
  }

  @Override
  public synchronized int purge(Instant now) {
    int before = byHash.size();
    byHash.values().removeIf(entry -> !entry.expiresAt().isAfter(now));
    return before - byHash.size();
  }
}
