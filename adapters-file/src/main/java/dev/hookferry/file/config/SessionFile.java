package dev.hookferry.file.config;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import dev.hookferry.store.session.SessionStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions in one file of changes: the new state of a session, or the hash of a session that
 * has ended. Thread-safe.
 */
public final class SessionFile implements SessionStore {
  /** Name of the file. */
  static final String NAME = "sessions.txt";

  private final ChangeFile file;
  private final FailStop health;
  private final Map<String, SessionEntry> byHash = new LinkedHashMap<>();

  /** Reads the file, which does not exist in a new store. */
  public SessionFile(Disk disk, FailStop health) throws IOException {
    this.health = health;
    file = new ChangeFile(disk, NAME);
    file.read(this::isApplied, "some users must sign in again");
  }

  private boolean isApplied(String change) {
    if (change.startsWith("- ")) {
      byHash.remove(change.substring(2));
    } else {
      SessionEntry entry = SessionLine.parse(change);
      byHash.put(entry.hash(), entry);
    }
    return true;
  }

  @Override
  public synchronized void add(SessionEntry entry) {
    health.check();
    byHash.put(entry.hash(), entry);
    write(List.of(SessionLine.of(entry)));
  }

  @Override
  public synchronized Optional<SessionEntry> find(String hash) {
    health.check();
    return Optional.ofNullable(byHash.get(hash));
  }

  @Override
  public synchronized Optional<SessionEntry> take(String hash) {
    health.check();
    Optional<SessionEntry> taken = Optional.ofNullable(byHash.get(hash));
    removeAll(taken.stream().toList());
    return taken;
  }

  @Override
  public synchronized boolean extend(String hash, Instant usedAt, Instant expiresAt) {
    health.check();
    SessionEntry entry = byHash.get(hash);
    if (entry == null) {
      return false;
    }
    add(entry.extended(usedAt, expiresAt));
    return true;
  }

  @Override
  public synchronized List<SessionEntry> list(
      SessionFilter filter, @Nullable UUID before, int limit) {
    health.check();
    return filter.newest(byHash.values(), before, limit);
  }

  @Override
  public synchronized int remove(SessionFilter filter) {
    health.check();
    return removeAll(byHash.values().stream().filter(filter::matches).toList());
  }

  @Override
  public synchronized int purge(Instant now) {
    health.check();
    return removeAll(
        byHash.values().stream().filter(entry -> !entry.expiresAt().isAfter(now)).toList());
  }

  /**
   * Removes sessions, from memory first: even if the disk fails, they have ended in this process.
   */
  private int removeAll(Collection<SessionEntry> entries) {
    if (!entries.isEmpty()) {
      entries.forEach(entry -> byHash.remove(entry.hash()));
      write(entries.stream().map(entry -> "- " + entry.hash()).toList());
    }
    return entries.size();
  }

  private void write(List<String> changes) {
    file.append(changes, () -> byHash.values().stream().map(SessionLine::of).toList());
  }
}
