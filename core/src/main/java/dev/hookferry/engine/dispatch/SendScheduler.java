package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way, and whose turn is next. Prompt and slow endpoints have turns and places
 * of their own, so that however many hang, those that answer keep theirs. An endpoint counts as
 * prompt until a request of it takes long, which is the sooner the fewer prompt places are left;
 * meanwhile it cannot take the last places either, since nobody may have more of them than are
 * free.
 */
final class SendScheduler {
  /** What takes longer than this makes its endpoint a slow one. */
  static final Duration PROMPT = Duration.ofSeconds(1);

  /** The same while more than half of the prompt places are taken. */
  static final Duration HURRIED = Duration.ofMillis(100);

  private final int limit;
  private final RoundRobin prompt = new RoundRobin();
  private final RoundRobin slow = new RoundRobin();

  /** Requests under way that are not known to take long, in the order of their beginning. */
  private final Set<OwnedDelivery> young = new LinkedHashSet<>();

  private int old;
  private boolean slowTurn;

  /**
   * No requests.
   *
   * @param limit how many may be under way that are prompt, and how many that are slow
   */
  SendScheduler(int limit) {
    this.limit = limit;
  }

  int inFlight() {
    return young.size() + old;
  }

  /** How many deliveries could be sent if there were more places for requests. */
  int ready() {
    return prompt.waiting();
  }

  /** The same of one site. */
  int ready(SiteId site) {
    return prompt.waiting(site);
  }

  /** A lane may have become ready, or have more or fewer that wait. */
  void offer(Lane lane) {
    ring(lane).offer(lane);
  }

  /** The lane whose turn it is, or null if none is ready or no place is free. */
  @Nullable Lane next() {
    slowTurn = !slowTurn;
    Lane lane = slowTurn ? nextSlow() : nextPrompt();
    if (lane != null) {
      return lane;
    }
    return slowTurn ? nextPrompt() : nextSlow();
  }

  /** A request begins. */
  void begin(OwnedDelivery held, Lane lane, Instant now) {
    held.lane = lane;
    held.begunAt = now;
    if (lane.slow) {
      old++;
    } else {
      young.add(held);
    }
  }

  /** A request ended. */
  void end(OwnedDelivery held, Lane lane, Outcome outcome) {
    if (!young.remove(held)) {
      old--;
    }
    boolean hung =
        outcome.kind() == OutcomeKind.TIMEOUT || outcome.kind() == OutcomeKind.CONNECT_TIMEOUT;
    mark(lane, hung || outcome.atReceiver().compareTo(PROMPT) > 0);
    lane.window.ended(outcome);
  }

  /** Finds out which requests take long by now. */
  void age(Instant now) {
    // One patience for all: those that hang are found together, before the slow take their places.
    Duration patience = patience();
    Iterator<OwnedDelivery> oldest = young.iterator();
    while (oldest.hasNext()) {
      OwnedDelivery held = oldest.next();
      if (held.begunAt.plus(patience).isAfter(now)) {
        return;
      }
      oldest.remove();
      old++;
      if (held.lane != null) {
        mark(held.lane, true);
      }
    }
  }

  /** When the next request will be found to take long, or null if none is young. */
  @Nullable Instant agesAt() {
    return young.isEmpty() ? null : young.iterator().next().begunAt.plus(patience());
  }

  /** The clock was set back by this much. */
  void setBack(Duration by) {
    young.forEach(held -> held.begunAt = held.begunAt.minus(by));
  }

  /** Forgets everything under way. */
  void clear() {
    prompt.clear();
    slow.clear();
    young.clear();
    old = 0;
  }

  /** Those that answer are served by half of the places, as long as they do it soon. */
  private Duration patience() {
    return young.size() > limit / 2 ? HURRIED : PROMPT;
  }

  private @Nullable Lane nextPrompt() {
    return prompt.next(Math.min(limit - young.size(), 2 * limit - inFlight()));
  }

  private @Nullable Lane nextSlow() {
    return slow.next(limit - old);
  }

  /** A lane that stands in a ring leaves it when it changes its pace. */
  private void mark(Lane lane, boolean slowNow) {
    if (lane.slow == slowNow) {
      return;
    }
    ring(lane).leave(lane);
    lane.slow = slowNow;
    offer(lane);
  }

  private RoundRobin ring(Lane lane) {
    return lane.slow ? slow : prompt;
  }
}
