package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Persistent memory of reported incidents, one tally for each, so that a later run neither reports
 * them again nor fails to report their end. All nodes write the same tallies, because any node that
 * notices the end removes them. A node keeps only its own node faults, and only if its name is
 * configured: a generated name changes at each restart. Not thread-safe; calls block.
 */
final class AlertMemory {
  private static final String PREFIX = "alert:";

  /** Writer of all tallies, the same on every node so that all of them replace the same row. */
  private static final UUID WRITER = new UUID(0, 0);

  /** Retention of an open incident while no node runs; running nodes rewrite it daily. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final int MAX_TEXT = 2_000;

  private final TallyStore store;
  private final String node;
  private final InstantSource clock;

  /** The store's rows as this node last read or wrote them. */
  private final Map<String, Tally> stored = new HashMap<>();

  /**
   * Creates a memory that has read nothing yet.
   *
   * @param node the configured name of this node; empty if there is none
   */
  AlertMemory(TallyStore store, String node, InstantSource clock) {
    this.store = store;
    this.node = node;
    this.clock = clock;
  }

  /** Returns the incidents of earlier runs and of other nodes, except faults of other nodes. */
  List<ReportedIncident> load() {
    Instant now = now();
    List<ReportedIncident> reported = new ArrayList<>();
    for (Tally tally : store.since(Instant.EPOCH, PREFIX)) {
      Optional<ReportedIncident> read = ReportedIncident.parse(tally.text());
      if (read.filter(this::isKept).isPresent() && tally.until().isAfter(now)) {
        stored.put(tally.name(), tally);
        reported.add(read.get());
      }
    }
    return reported;
  }

  /** Writes the changes since the last successful call. */
  void save(List<ReportedIncident> reported) {
    Instant now = now();
    Map<String, Tally> wanted = new HashMap<>();
    reported.stream()
        .filter(this::isKept)
        .map(incident -> tally(incident, now))
        .filter(tally -> tally.until().isAfter(now) && tally.text().length() <= MAX_TEXT)
        .forEach(tally -> wanted.put(tally.name(), tally));
    List<Tally> changes = new ArrayList<>();
    wanted.forEach(
        (name, tally) -> {
          if (!tally.equals(stored.get(name))) {
            changes.add(tally);
          }
        });
    changes.addAll(removals(wanted.keySet(), now));
    if (!changes.isEmpty()) {
      store.put(changes, now);
    }
    stored.clear();
    stored.putAll(wanted);
  }

  /**
   * Returns the removals of incidents that this node no longer knows, except for rows that another
   * node has rewritten since because the incident recurred.
   */
  private List<Tally> removals(Set<String> wanted, Instant now) {
    if (wanted.containsAll(stored.keySet())) {
      return List.of();
    }
    List<Tally> removals = new ArrayList<>();
    for (Tally tally : store.since(Instant.EPOCH, PREFIX)) {
      Tally known = stored.get(tally.name());
      if (known != null && !wanted.contains(tally.name()) && known.text().equals(tally.text())) {
        removals.add(new Tally(WRITER, tally.name(), Instant.EPOCH, now, tally.text()));
      }
    }
    return removals;
  }

  /**
   * Returns whether this node can notice the end of an incident in this or a later run: not if it
   * is a fault of another node or of a node without a configured name.
   */
  private boolean isKept(ReportedIncident reported) {
    return reported.type() != AlertType.NODE_FAULT
        || (!node.isEmpty() && AlertListener.concernsNode(reported.about(), node));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static Tally tally(ReportedIncident reported, Instant now) {
    Instant until =
        reported.isOpen()
            ? now.truncatedTo(ChronoUnit.DAYS).plus(KEPT)
            : reported.reportedAt().plus(TrackedIncident.quietPeriod(reported.type()));
    return new Tally(
        WRITER,
        PREFIX + reported.name(),
        Instant.EPOCH,
        until.truncatedTo(ChronoUnit.SECONDS),
        reported.text());
  }
}
