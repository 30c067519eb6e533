package dev.hookferry.memory;

import dev.hookferry.store.TallyStore;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** In-memory tally store. */
final class MemoryTallies implements TallyStore {
  private static final Comparator<StoredTally> ORDER =
      Comparator.comparing((StoredTally stored) -> stored.tally().from())
          .thenComparing(stored -> stored.tally().name())
          .thenComparing(stored -> stored.tally().writer());

  private final Map<Key, Kept> all = new HashMap<>();

  private record Key(UUID writer, String name, Instant from) {}

  private record Kept(Tally tally, Instant put) {}

  /** Returns all tallies, oldest first. */
  synchronized List<StoredTally> all() {
    return all.values().stream()
        .map(kept -> new StoredTally(kept.tally(), kept.put()))
        .sorted(ORDER)
        .toList();
  }

  /** Adds a tally transferred from another store, unchanged. */
  synchronized void add(StoredTally stored) {
    Tally tally = stored.tally();
    all.put(
        new Key(tally.writer(), tally.name(), tally.from()), new Kept(tally, stored.storedAt()));
  }

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
