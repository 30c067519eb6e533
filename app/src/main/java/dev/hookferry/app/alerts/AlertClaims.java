package dev.hookferry.app.alerts;

import dev.hookferry.event.Sha256;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Claims, kept as tallies, by which the nodes of a store agree which of them sends an alert. A node
 * that finds no claim makes one, waits for the others, and sends the alert if its id is the lowest.
 * While the store is unavailable, every node sends its alerts.
 */
final class AlertClaims {
  private static final String PREFIX = "claim:";

  /**
   * How long the end of an incident stays claimed. Longer than two nodes' reports of the same end
   * can be apart (the gathering time and a pause), shorter than the two pauses between two ends.
   */
  private static final Duration END = IncidentTracker.PAUSE.plusMinutes(3);

  /** More than the clock skew between nodes. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final TallyStore store;
  private final UUID node;
  private final InstantSource clock;
  private final Runnable pause;
  private final BiConsumer<Alert, Instant> lost;

  /**
   * Creates claims of a node.
   *
   * @param pause waits until other nodes that noticed the same incident have claimed it as well
   * @param lost receives each alert that was claimed earlier, with the time of the claim
   */
  AlertClaims(
      TallyStore store,
      UUID node,
      InstantSource clock,
      Runnable pause,
      BiConsumer<Alert, Instant> lost) {
    this.store = store;
    this.node = node;
    this.clock = clock;
    this.pause = pause;
    this.lost = lost;
  }

  /** Claims alerts and returns those that this node must send. Blocks. */
  List<Alert> won(List<Alert> alerts) {
    try {
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      List<Alert> open = open(alerts, now);
      if (open.isEmpty()) {
        return open;
      }
      List<Tally> ours = new ArrayList<>();
      for (Alert alert : open) {
        Instant until = now.plus(alert.isOver() ? END : IncidentTracker.AGAIN);
        ours.add(new Tally(node, name(alert), now, until, "1"));
      }
      store.put(ours, now);
      pause.run();
      Map<String, Map<UUID, Instant>> all = claims(now);
      return open.stream().filter(alert -> isLowest(all.get(name(alert)))).toList();
    } catch (StoreException e) {
      return alerts;
    }
  }

  /** Returns the alerts that no node has claimed, and reports the others as lost. */
  private List<Alert> open(List<Alert> alerts, Instant now) {
    Map<String, Map<UUID, Instant>> taken = claims(now);
    List<Alert> open = new ArrayList<>();
    for (Alert alert : alerts) {
      Map<UUID, Instant> claimed = taken.get(name(alert));
      if (claimed == null) {
        open.add(alert);
      } else {
        lost.accept(alert, Collections.max(claimed.values()));
      }
    }
    return open;
  }

  private boolean isLowest(@Nullable Map<UUID, Instant> claimed) {
    return claimed == null
        || claimed.keySet().stream().noneMatch(other -> other.compareTo(node) < 0);
  }

  /**
   * Returns the valid claims by name: nodes and times. Claims from the future are not valid: they
   * were made before a clock was set back.
   */
  private Map<String, Map<UUID, Instant>> claims(Instant now) {
    Map<String, Map<UUID, Instant>> claims = new HashMap<>();
    for (Tally tally : store.since(now.minus(IncidentTracker.AGAIN), PREFIX)) {
      boolean isValid = tally.until().isAfter(now) && tally.from().isBefore(now.plus(SKEW));
      if (isValid) {
        claims
            .computeIfAbsent(tally.name(), name -> new HashMap<>())
            .merge(tally.writer(), tally.from(), (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return claims;
  }

  private static String name(Alert alert) {
    return PREFIX + Sha256.hex(alert.claim().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}
