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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets the nodes of a store agree which of them sends an alert, through tallies. A node that finds
 * no claim makes one, waits for the others, and sends the alert if its id is the lowest. While the
 * store is not available, each node sends it.
 */
final class AlertClaims {
  private static final String PREFIX = "alert/";

  /**
   * How long the end of an incident stays claimed: longer than nodes differ in when they tell it,
   * which is the gathering and a pause; shorter than the two pauses between two ends.
   */
  private static final Duration END = AlertBook.PAUSE.plusMinutes(3);

  private final TallyStore store;
  private final UUID node;
  private final InstantSource clock;
  private final Runnable pause;

  /**
   * Creates claims of a node.
   *
   * @param pause waits until others that noticed the same have claimed it, too
   */
  AlertClaims(TallyStore store, UUID node, InstantSource clock, Runnable pause) {
    this.store = store;
    this.node = node;
    this.clock = clock;
    this.pause = pause;
  }

  /** Returns those that this node is to send. Blocks. */
  List<Alert> won(List<Alert> alerts) {
    try {
      Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      Set<String> taken = claims(now).keySet();
      List<Alert> open = alerts.stream().filter(alert -> !taken.contains(name(alert))).toList();
      if (open.isEmpty()) {
        return open;
      }
      List<Tally> ours = new ArrayList<>();
      for (Alert alert : open) {
        Instant until = now.plus(alert.isOver() ? END : AlertBook.AGAIN);
        ours.add(new Tally(node, name(alert), now, until, "1"));
      }
      store.put(ours, now);
      pause.run();
      Map<String, Set<UUID>> all = claims(now);
      return open.stream().filter(alert -> isLowest(all.get(name(alert)))).toList();
    } catch (StoreException e) {
      return alerts;
    }
  }

  private boolean isLowest(@Nullable Set<UUID> claimed) {
    return claimed == null || claimed.stream().noneMatch(other -> other.compareTo(node) < 0);
  }

  private Map<String, Set<UUID>> claims(Instant now) {
    Map<String, Set<UUID>> claims = new HashMap<>();
    for (Tally tally : store.since(now.minus(AlertBook.AGAIN))) {
      if (tally.name().startsWith(PREFIX) && tally.until().isAfter(now)) {
        claims.computeIfAbsent(tally.name(), name -> new HashSet<>()).add(tally.writer());
      }
    }
    return claims;
  }

  private static String name(Alert alert) {
    return PREFIX + Sha256.hex(alert.claim().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }
}
