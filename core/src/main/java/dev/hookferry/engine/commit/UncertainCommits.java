package dev.hookferry.engine.commit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commits that failed and are tried again as they are: because nobody knows whether they were
 * written, or because the store fails at the one thing that they hold.
 */
final class UncertainCommits {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Deque<Commit> doubtful = new ArrayDeque<>();

  /** Those that nothing waits for. */
  private final Deque<Commit> apart = new ArrayDeque<>();

  private Instant apartUntil = Instant.MAX;

  /** Whether one of these must be known to be written, or not, before anything is claimed. */
  boolean isBlocking() {
    return doubtful.stream().anyMatch(UncertainCommits::isBlocking)
        || apart.stream().anyMatch(UncertainCommits::isBlocking);
  }

  static boolean isBlocking(Commit commit) {
    return commit.doubtful && !commit.isPublication();
  }

  /** Whether none of unknown outcome is to be tried at once. */
  boolean isEmpty() {
    return doubtful.isEmpty();
  }

  /** The next one of unknown outcome; null if there is none. */
  @Nullable Commit next() {
    return doubtful.pollFirst();
  }

  /** Those of unknown outcome. */
  List<Commit> inDoubt() {
    List<Commit> all = new ArrayList<>(doubtful);
    apart.stream().filter(commit -> commit.doubtful).forEach(all::add);
    return all;
  }

  /** One of unknown outcome is tried again, after those that are here. */
  void add(Commit commit) {
    doubtful.addLast(commit);
  }

  /** The same, before them. */
  void addFirst(Commit commit) {
    doubtful.addFirst(commit);
  }

  /** One that is tried again after a while. */
  void addApart(Commit commit, Instant now) {
    apart.addLast(commit);
    apartUntil = now.plus(PAUSE);
  }

  /** Takes back what was tried long enough ago; what is in no doubt goes to the others. */
  void wake(Instant now, Deque<Commit> open) {
    while (!apart.isEmpty() && !now.isBefore(apartUntil)) {
      Commit next = apart.removeFirst();
      (next.doubtful ? doubtful : open).addLast(next);
    }
  }

  /** The clock was set back. */
  void setBack(Instant now) {
    apartUntil = now.plus(PAUSE);
  }

  /** When {@link #wake} has something to do, or null for never. */
  @Nullable Instant wakeAt() {
    return apart.isEmpty() ? null : apartUntil;
  }

  /** Drops what an owner that was given up can no longer write. */
  void dropOwned() {
    apart.stream().filter(commit -> !commit.doubtful).forEach(Commit::dropOwned);
    apart.removeIf(Commit::isEmpty);
  }

  /** All of them. */
  List<Commit> all() {
    List<Commit> all = new ArrayList<>(doubtful);
    all.addAll(apart);
    return all;
  }
}
