package dev.hookferry.memory;

import dev.hookferry.store.ReplayStore;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/** In-memory replay store. */
final class MemoryReplays implements ReplayStore {
  private final NavigableMap<String, ReplayEntry> byId = new TreeMap<>();

  @Override
  public synchronized List<ReplayEntry> all() {
    return List.copyOf(byId.descendingMap().values());
  }

  /** Adds a replay transferred from another store, unchanged. */
  synchronized void add(ReplayEntry replay) {
    byId.put(replay.id().toString(), replay);
  }

  @Override
  public synchronized boolean save(UUID id, String text, long expected) {
    ReplayEntry before = byId.get(id.toString());
    if ((before == null ? 0 : before.revision()) != expected) {
      return false;
    }
    byId.put(id.toString(), new ReplayEntry(id, expected + 1, text));
    return true;
  }

  @Override
  public synchronized void remove(UUID id) {
    byId.remove(id.toString());
  }
}
