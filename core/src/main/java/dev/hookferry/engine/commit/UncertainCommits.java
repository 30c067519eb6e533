package dev.hookferry.engine.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failed commits that are retried unchanged, because their outcome is unknown or because the store
 * keeps failing at their only entry.
 */
final class UncertainCommits {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Deque<Commit> doubtful = new ArrayDeque<>();

  /** Commits that nothing else waits for. */
  private final Deque<Commit> apart = new ArrayDeque<>();

  private Instant apartUntil = Instant.MAX;

  /** Returns whether the outcome of one of them must be known before anything is claimed. */
  boolean isBlocking() {
    return doubtful.stream().anyMatch(UncertainCommits::isBlocking)
        || apart.stream().anyMatch(UncertainCommits::isBlocking);
  }

  static boolean isBlocking(Commit commit) {
    return commit.doubtful && !commit.isPublication();
  }

  /** Returns whether no commit of unknown outcome is due for a retry. */
  boolean isEmpty() {
    return doubtful.isEmpty();
  }

  /** Takes the next commit of unknown outcome; null if there is none. */
  @Nullable Commit next() {
    return doubtful.pollFirst();
  }

  /** Returns the commits of unknown outcome. */
  List<Commit> inDoubt() {
    List<Commit> all = new ArrayList<>(doubtful);
    apart.stream().filter(commit -> commit.doubtful).forEach(all::add);
    return all;
  }

  /** Adds a commit of unknown outcome at the end. */
  void add(Commit commit) {
    doubtful.addLast(commit);
  }

  /** Adds a commit of unknown outcome at the front. */
  void addFirst(Commit commit) {
    doubtful.addFirst(commit);
  }

  /** Adds a commit that is retried after a delay. */
  void addApart(Commit commit, Instant now) {
    apart.addLast(commit);
    apartUntil = now.plus(PAUSE);
  }

  /**
   * Moves delayed commits back: those of unknown outcome to the front queue, others to {@code
   * open}.
   */
  void wake(Instant now, Deque<Commit> open) {
    while (!apart.isEmpty() && !now.isBefore(apartUntil)) {
      Commit next = apart.removeFirst();
      (next.doubtful ? doubtful : open).addLast(next);
    }
  }

  /** Adjusts timers after the clock was set back. */
  void setBack(Instant now) {
    apartUntil = now.plus(PAUSE);
  }

  /** Returns when {@link #wake} has work, or null for never. */
  @Nullable Instant wakeAt() {
    return apart.isEmpty() ? null : apartUntil;
  }

  /** Drops entries that an owner declared dead can no longer write. */
  void dropOwned() {
    apart.stream().filter(commit -> !commit.doubtful).forEach(Commit::dropOwned);
    apart.removeIf(Commit::isEmpty);
  }

  /** Returns all commits. */
  List<Commit> all() {
    List<Commit> all = new ArrayList<>(doubtful);
    all.addAll(apart);
    return all;
  }
}
