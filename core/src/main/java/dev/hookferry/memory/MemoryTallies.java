package dev.hookferry.memory;

import dev.hookferry.store.TallyStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tallies in memory. */
final class MemoryTallies implements TallyStore {
  private final Map<Key, Kept> all = new HashMap<>();

  private record Key(UUID writer, String name, Instant from) {}

  private record Kept(Tally tally, Instant put) {}

  @Override
  public synchronized void put(List<Tally> tallies, Instant now) {
    tallies.forEach(t -> all.put(new Key(t.writer(), t.name(), t.from()), new Kept(t, now)));
    all.values().removeIf(kept -> !kept.tally().until().isAfter(now));
  }

  @Override
  public synchronized List<Tally> since(Instant time) {
    return all.values().stream().filter(k -> !k.put().isBefore(time)).map(Kept::tally).toList();
  }
}
