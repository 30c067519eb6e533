package dev.hookferry.store;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Storage of per-node counts over time intervals, as opaque strings, so that charts survive a
 * restart and show all nodes. The list of problems and the alerts that were sent are kept in the
 * same way. Tallies of the last minutes before a crash may be lost. Implementations are
 * thread-safe, may block, and throw {@link StoreException} if the store fails; such a failure
 * affects nothing else.
 */
public interface TallyStore {
  /** Maximum number of names in one query. */
  int MAX_NAMES = 500;

  /**
   * Counts of one process in one time interval, or what all processes share.
   *
   * @param writer the process, or a fixed value if all processes replace the same tally
   * @param name the name of the tally: 1 to 120 visible ASCII characters
   * @param from the beginning of the interval, in whole seconds
   * @param until when it expires, in whole seconds
   * @param text visible ASCII without spaces, at most 2,000 characters
   */
  record Tally(UUID writer, String name, Instant from, Instant until, String text) {
    public Tally {
      Objects.requireNonNull(writer, "writer");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(until, "until");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * Stores tallies, replacing those with the same writer, name and beginning, and deletes expired
   * tallies of all writers.
   *
   * @param now the time of storing
   */
  void put(List<Tally> tallies, Instant now);

  /** Returns tallies stored at this time or later, in no particular order. */
  List<Tally> since(Instant time);

  /**
   * Returns tallies stored at this time or later whose names begin with a string, in no particular
   * order. Stores with remote tallies should override this to fetch only those.
   *
   * @param prefix letters, digits and colons
   */
  default List<Tally> since(Instant time, String prefix) {
    Objects.requireNonNull(prefix, "prefix");
    return since(time).stream().filter(tally -> tally.name().startsWith(prefix)).toList();
  }

  /**
   * Returns all tallies with these names, in no particular order. Stores with remote tallies should
   * override this to fetch only those, in one query.
   *
   * @param names at most {@value #MAX_NAMES}
   */
  default List<Tally> named(Set<String> names) {
    Objects.requireNonNull(names, "names");
    return since(Instant.EPOCH).stream().filter(tally -> names.contains(tally.name())).toList();
  }

  /** Returns a store that keeps nothing. */
  static TallyStore none() {
    return new TallyStore() {
      @Override
      public void put(List<Tally> tallies, Instant now) {
        // Charts then start empty after each restart.
      }

      @Override
      public List<Tally> since(Instant time) {
        return List.of();
      }
    };
  }
}
