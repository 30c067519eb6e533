package dev.hookferry.engine.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queue of commits to repeat: those in doubt, and, after a delay, rejected entries that the store
 * may accept later.
 */
final class RepeatedCommits {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Deque<Commit> inDoubt = new ArrayDeque<>();

  /** Commits that block neither claims nor other commits. */
  private final Deque<Commit> delayed = new ArrayDeque<>();

  private Instant delayedUntil = Instant.MAX;

  /** Returns whether the outcome of one of them must be known before anything is claimed. */
  boolean isBlocking() {
    return !inDoubt.isEmpty() && inDoubt.stream().anyMatch(Commit::isBlocking);
  }

  /** Returns whether a commit is in doubt. */
  boolean hasInDoubt() {
    return !inDoubt.isEmpty();
  }

  /** Returns whether a commit is delayed. */
  boolean hasDelayed() {
    return !delayed.isEmpty();
  }

  /** Takes the next commit in doubt; null if there is none. */
  @Nullable Commit next() {
    return inDoubt.pollFirst();
  }

  /** Returns the commits in doubt. */
  List<Commit> inDoubt() {
    return List.copyOf(inDoubt);
  }

  /** Adds a commit in doubt at the end. */
  void add(Commit commit) {
    inDoubt.addLast(commit);
  }

  /** Adds a commit in doubt at the front. */
  void addFirst(Commit commit) {
    inDoubt.addFirst(commit);
  }

  /** Adds a commit that is tried after a delay; the delay of earlier ones restarts. */
  void addLater(Commit commit, Instant now) {
    delayed.addLast(commit);
    delayedUntil = now.plus(PAUSE);
  }

  /** Moves delayed commits to {@code open} when their time has come. */
  void wake(Instant now, Deque<Commit> open) {
    if (!delayed.isEmpty() && !now.isBefore(delayedUntil)) {
      open.addAll(delayed);
      delayed.clear();
    }
  }

  /** Adjusts timers after the clock was set back. */
  void clockSetBack(Instant now) {
    delayedUntil = now.plus(PAUSE);
  }

  /** Returns when {@link #wake} has work, or null for never. */
  @Nullable Instant wakeAt() {
    return delayed.isEmpty() ? null : delayedUntil;
  }

  /** Drops results and hand-backs from delayed commits, because their owner was declared dead. */
  void dropOwned() {
    delayed.forEach(Commit::dropOwned);
    delayed.removeIf(Commit::isEmpty);
  }

  /** Returns all commits. */
  List<Commit> all() {
    List<Commit> all = new ArrayList<>(inDoubt);
    all.addAll(delayed);
    return all;
  }
}
