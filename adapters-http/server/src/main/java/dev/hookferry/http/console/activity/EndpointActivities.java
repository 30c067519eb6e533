package dev.hookferry.http.console.activity;

import dev.hookferry.id.EndpointId;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Activity by endpoint. The endpoints that were sent to most recently are in memory. The activity
 * of others is read from the store when a page shows them. Thread-safe; only {@link #prepare}
 * blocks.
 */
final class EndpointActivities {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.console");

  /** Maximum number of evicted endpoints whose counts wait to be written. */
  private static final int MAX_LEAVING = 20_000;

  /** Maximum number of endpoints cached after a page has read their activity. */
  private static final int MAX_READ = 1_000;

  /** Maximum age of cached counts that a page may show. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final int max;
  private final Map<EndpointId, EndpointActivity> resident = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<EndpointId, EndpointActivity> leaving = new HashMap<>();
  private final Map<EndpointId, Read> read = new LinkedHashMap<>();
  private boolean isFull;

  private record Read(EndpointActivity activity, Instant at) {}

  /**
   * Creates an empty collection.
   *
   * @param max the maximum number of endpoints that are kept in memory
   */
  EndpointActivities(int max) {
    this.max = max;
  }

  /**
   * Returns the activity in which to count an endpoint's attempts. It is partial if earlier
   * activity may have been evicted.
   */
  synchronized EndpointActivity counting(EndpointId id) {
    EndpointActivity known = resident.get(id);
    if (known != null) {
      return known;
    }
    EndpointActivity back = leaving.remove(id);
    EndpointActivity counting = back == null ? new EndpointActivity(isFull) : back;
    resident.put(id, counting);
    if (resident.size() > max) {
      isFull = true;
      Map.Entry<EndpointId, EndpointActivity> eldest = resident.entrySet().iterator().next();
      resident.remove(eldest.getKey());
      if (leaving.size() < MAX_LEAVING) {
        leaving.put(eldest.getKey(), eldest.getValue());
      }
    }
    return counting;
  }

  /**
   * Returns the activity to which counts of another process are added. Null if the endpoint is not
   * in memory and there is no room for it; pages then read it from the store.
   */
  private synchronized @Nullable EndpointActivity adding(EndpointId id) {
    return isFull || resident.size() >= max ? kept(id) : counting(id);
  }

  private @Nullable EndpointActivity kept(EndpointId id) {
    EndpointActivity known = resident.get(id);
    return known == null ? leaving.get(id) : known;
  }

  /** Returns the activity of an endpoint, or null if none is known. */
  synchronized @Nullable EndpointActivity find(EndpointId id) {
    EndpointActivity known = kept(id);
    Read stored = known == null || known.isPartial() ? read.get(id) : null;
    return stored == null ? known : stored.activity();
  }

  /**
   * Loads the activity that a page shows and that is not in memory. If the store fails, the figures
   * of these endpoints are missing.
   */
  void prepare(Collection<EndpointId> shown, TallyStore stored, Instant now) {
    for (List<EndpointId> some : EndpointTallies.parts(missing(shown, now))) {
      Map<EndpointId, EndpointActivity> found = new HashMap<>();
      some.forEach(id -> found.put(id, new EndpointActivity()));
      try {
        for (Tally tally : stored.named(EndpointTallies.names(some))) {
          EndpointTallies.endpoint(tally.name())
              .map(found::get)
              .ifPresent(activity -> EndpointTallies.put(tally, activity));
        }
      } catch (StoreException e) {
        LOG.log(System.Logger.Level.DEBUG, "the store is not available; figures are missing", e);
        return;
      }
      found.forEach((id, activity) -> read(id, activity, now));
    }
  }

  /**
   * Adds the counts of another process or an earlier run, if the endpoint is or can be in memory.
   */
  void take(Tally tally) {
    EndpointTallies.endpoint(tally.name())
        .map(this::adding)
        .ifPresent(activity -> EndpointTallies.put(tally, activity));
  }

  /**
   * Completes the counts of endpoints with earlier ones that this process has written.
   *
   * @param some the result of {@link #partial()}
   * @param tallies all tallies of these endpoints in the store
   */
  void complete(List<EndpointId> some, List<Tally> tallies, UUID writer) {
    for (Tally tally : tallies) {
      EndpointTallies.endpoint(tally.name())
          .map(this::partial)
          .ifPresent(
              activity -> {
                if (tally.writer().equals(writer)) {
                  EndpointTallies.add(tally, activity);
                } else {
                  EndpointTallies.put(tally, activity);
                }
              });
    }
    some.stream().map(this::partial).filter(Objects::nonNull).forEach(EndpointActivity::complete);
  }

  private synchronized @Nullable EndpointActivity partial(EndpointId id) {
    EndpointActivity known = kept(id);
    return known != null && known.isPartial() ? known : null;
  }

  /** Returns the endpoints whose activity a page has to read from the store. */
  private synchronized List<EndpointId> missing(Collection<EndpointId> shown, Instant now) {
    read.values().removeIf(one -> one.at().plus(FRESH).isBefore(now));
    return shown.stream().filter(id -> isMissing(id)).toList();
  }

  private boolean isMissing(EndpointId id) {
    EndpointActivity known = kept(id);
    boolean isKnown = known == null ? !isFull && resident.size() < max : !known.isPartial();
    return !isKnown && !read.containsKey(id);
  }

  private synchronized void read(EndpointId id, EndpointActivity activity, Instant now) {
    read.put(id, new Read(activity, now));
    if (read.size() > MAX_READ) {
      read.remove(read.keySet().iterator().next());
    }
  }

  /** Returns the endpoints whose counts have to be completed before they are written. */
  synchronized List<EndpointId> partial() {
    return Stream.of(resident, leaving)
        .flatMap(map -> map.entrySet().stream())
        .filter(one -> one.getValue().isPartial())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the endpoints whose counts can be written, with their activity. */
  synchronized Map<EndpointId, EndpointActivity> complete() {
    Map<EndpointId, EndpointActivity> complete = new LinkedHashMap<>(leaving);
    complete.putAll(resident);
    complete.values().removeIf(EndpointActivity::isPartial);
    return complete;
  }

  /**
   * Records that the collected counts are in the store. Forgets the evicted endpoints among them,
   * unless more was counted for them meanwhile.
   *
   * @param collected the result of {@link #complete()}
   */
  synchronized void written(Map<EndpointId, EndpointActivity> collected) {
    collected.values().forEach(EndpointActivity::written);
    leaving
        .entrySet()
        .removeIf(
            one -> collected.get(one.getKey()) == one.getValue() && one.getValue().isWritten());
  }
}
