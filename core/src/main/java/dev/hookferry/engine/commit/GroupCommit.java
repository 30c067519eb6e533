package dev.hookferry.engine.commit;

import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.WakeTime;
import dev.hookferry.observe.LoadLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Group-commits everything that waits while the previous commit is running. An idle node commits
 * without delay, and a busy one pays a single forced write for hundreds of entries. A parallel
 * commit starts only if it has many entries or the running one takes long, because several small
 * commits cost more than one large one.
 */
public final class GroupCommit {
  private static final Duration PAUSE_WHEN_FULL = Duration.ofSeconds(1);
  private static final int MANY = 200;
  private static final Duration LONG = Duration.ofMillis(5);

  private final int parallel;
  private final LoadLimits limits;
  private final Effects effects;
  private final Deque<Commit> open = new ArrayDeque<>();
  private final Map<Long, Commit> running = new HashMap<>();
  private final RepeatedCommits again = new RepeatedCommits();
  private long number;
  private long passed;

  /** Maximum entries per commit; reduced after failures, because a large commit may time out. */
  private int allowed;

  private final WaitingEvents waiting = new WaitingEvents();
  private final StoreBackoff backoff = new StoreBackoff();
  private Instant begunAt = Instant.MIN;
  private @Nullable Instant fullUntil;

  public GroupCommit(int parallel, LoadLimits limits, Effects effects) {
    this.effects = effects;
    this.parallel = parallel;
    this.limits = limits;
    allowed = limits.batch();
  }

  /** Adds an entry to the next commit. */
  public void add(CommitEntry entry) {
    waiting.add(entry);
    open().add(entry);
  }

  /** Adds an entry in a separate commit. */
  public void addAlone(CommitEntry entry) {
    open.addLast(Commit.of(entry));
  }

  /** Adds an entry in a separate commit that starts after a delay. */
  public void addLater(CommitEntry entry, Instant now) {
    again.addLater(Commit.of(entry), now);
  }

  private Commit open() {
    Commit last = open.peekLast();
    long full = limits.commitBytes();
    if (last == null
        || last.state() != CommitState.OPEN
        || last.size() >= allowed
        || last.bytes() >= full) {
      last = new Commit();
      open.addLast(last);
    }
    return last;
  }

  /** Returns the number of events waiting for their commit or being committed. */
  public int waitingEvents() {
    return waiting.count();
  }

  /** Returns the payload bytes of the events counted by {@link #waitingEvents}. */
  public long waitingBytes() {
    return waiting.bytes();
  }

  /** Returns whether no commit is running, queued or delayed. */
  public boolean isIdle() {
    return !isTrying() && !again.hasDelayed();
  }

  /**
   * Returns whether a running or queued commit will show whether the store works. A delayed one
   * does not count: the store rejects it, perhaps permanently, which must not prolong an outage.
   */
  public boolean isTrying() {
    return !running.isEmpty() || !open.isEmpty() || again.hasInDoubt();
  }

  /** Returns whether the store's back-off is active, so that nothing should start. */
  public boolean isStalled(Instant now) {
    return backoff.isOn(now);
  }

  /** Returns whether a commit has failed and the store has not recovered since. */
  public boolean isFailing() {
    return backoff.until() != null;
  }

  /** Ends an outage unless a back-off is active or a commit will do so; returns whether it did. */
  public boolean recover(Instant now) {
    boolean ends = isFailing() && !isTrying() && !isStalled(now);
    if (ends) {
      backoff.end();
    }
    return ends;
  }

  /** Returns whether new events would wait for a store that has not recovered from a failure. */
  public boolean isDown(Instant now) {
    return isFailing() && (isStalled(now) || !running.isEmpty());
  }

  /** Returns the end of the back-off, or null if the store did not fail recently. */
  public @Nullable Instant stalledUntil() {
    return backoff.until();
  }

  /**
   * Returns whether a commit in doubt blocks claims: this owner could claim a delivery that the
   * commit handed back, and the store would then accept the repetition.
   */
  public boolean isInDoubt() {
    return again.isBlocking() || running.values().stream().anyMatch(Commit::isBlocking);
  }

  /** Returns the commits in doubt that wait to be repeated. */
  public List<Commit> inDoubt() {
    return again.inDoubt();
  }

  /**
   * Starts all commits that may start now.
   *
   * @param claiming whether a claim is in flight; repeated commits wait for it
   */
  public void decide(Instant now, long incarnation, boolean claiming) {
    again.wake(now, open);
    int atOnce = isFailing() ? 1 : parallel;
    while (!isStalled(now) && running.size() < atOnce && (running.isEmpty() || mayOverlap(now))) {
      boolean repeats = again.hasInDoubt();
      Commit next = repeats && claiming ? null : repeats ? again.next() : open.pollFirst();
      if (next == null) {
        return;
      }
      begunAt = now;
      running.put(++number, next);
      effects.commit(number, next.start(incarnation));
    }
  }

  /** Returns whether the open commit should start although another one is running. */
  private boolean mayOverlap(Instant now) {
    Commit next = open.peekFirst();
    return next != null
        && (next.size() >= Math.min(MANY, limits.batch())
            || next.bytes() >= limits.commitBytes()
            || !now.isBefore(begunAt.plus(LONG)));
  }

  /** Returns when time alone lets a delayed or parallel commit start, or null for never. */
  public @Nullable Instant wakeAt() {
    Instant wake = again.wakeAt();
    // Commits in doubt go first, and only the end of a claim or commit lets them start.
    boolean isNext = !open.isEmpty() && !again.hasInDoubt();
    return !isNext || isFailing() || running.size() >= parallel
        ? wake
        : WakeTime.earlier(wake, begunAt.plus(LONG));
  }

  /** Handles a commit that was written. */
  public Commit written(long which) {
    backoff.end();
    passed++;
    allowed = Math.min(limits.batch(), 2 * allowed);
    Commit commit = ended(which);
    commit.on(CommitStep.SUCCEED);
    waiting.remove(commit.entries());
    return commit;
  }

  /**
   * Handles a commit that was not written, or may not have been. Queues a commit in doubt to be
   * repeated, and a rejected one in halves; the caller handles the entries of a failed commit and
   * the only entry of a rejected one.
   *
   * @param incarnation the current incarnation; results of earlier ones can no longer be written
   * @return the commit in its new state
   */
  public Commit failed(long which, RuntimeException cause, long incarnation, Instant now) {
    Commit commit = ended(which);
    CommitStep failure = CommitStep.of(cause, commit.entries().size());
    commit.fail(failure);
    switch (failure) {
      case SPLIT, REJECT -> rejected(commit, incarnation);
      default -> {
        if (commit.state() == CommitState.IN_DOUBT) {
          backoff.begin(now);
          again.add(commit);
        } else {
          failed(commit, failure, now);
        }
      }
    }
    return commit;
  }

  private void failed(Commit commit, CommitStep failure, Instant now) {
    waiting.remove(commit.entries());
    if (failure == CommitStep.FIND_FULL) {
      fullUntil = now.plus(PAUSE_WHEN_FULL);
      return;
    }
    backoff.begin(now);
    allowed = Math.max(1, Math.min(allowed, commit.size()) / 2);
  }

  private void rejected(Commit commit, long incarnation) {
    if (commit.state() == CommitState.REJECTED) {
      waiting.remove(commit.entries());
      return;
    }
    if (commit.incarnation() != incarnation) {
      commit.dropOwned();
    }
    List<Commit> halves = commit.halves();
    Consumer<Commit> queue =
        commit.state() == CommitState.IN_DOUBT ? again::addFirst : open::addFirst;
    for (int i = halves.size() - 1; i >= 0; i--) {
      if (!halves.get(i).isEmpty()) {
        queue.accept(halves.get(i));
      }
    }
  }

  private Commit ended(long which) {
    return Objects.requireNonNull(
        running.remove(which), () -> "no commit " + which + " is running");
  }

  /** Returns the number of commits written so far. */
  public long passed() {
    return passed;
  }

  /** Returns whether the store was recently full for new events. */
  public boolean isFull(Instant now) {
    return fullUntil != null && now.isBefore(fullUntil);
  }

  /** Withdraws the new events whose commit has not started, because none will start soon. */
  public List<CommitEntry> withdraw() {
    List<CommitEntry> all = new ArrayList<>();
    open.forEach(commit -> all.addAll(commit.takeEvents()));
    open.removeIf(Commit::isEmpty);
    waiting.remove(all);
    return all;
  }

  /** Drops the results and hand-backs of an owner declared dead, which it can no longer write. */
  public void dropOwned() {
    again.dropOwned();
    open.forEach(Commit::dropOwned);
    open.removeIf(Commit::isEmpty);
  }

  /** Abandons and returns all commits that are not written yet. */
  public List<Commit> abandon() {
    List<Commit> all = new ArrayList<>(open);
    all.addAll(again.all());
    all.addAll(running.values());
    open.clear();
    return all;
  }

  /** Adjusts timers after the clock was set back. */
  public void clockSetBack(Instant now) {
    begunAt = now;
    fullUntil = null;
    again.clockSetBack(now);
    if (isFailing()) {
      backoff.note(now);
    }
  }
}
