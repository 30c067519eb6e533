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
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int MANY = 200;
  private static final Duration LONG = Duration.ofMillis(5);

  private final int parallel;
  private final LoadLimits limits;
  private final Effects effects;
  private final Deque<Commit> open = new ArrayDeque<>();
  private final Map<Long, Commit> running = new HashMap<>();
  private final UncertainCommits again = new UncertainCommits();
  private long number;
  private long passed;

  /** Maximum entries per commit; reduced after failures, which a single entry may cause. */
  private int allowed;

  private int waitingEvents;
  private long waitingBytes;
  private final StoreBackoff stall = new StoreBackoff();
  private Instant begunAt = Instant.MIN;
  private @Nullable Instant fullUntil;

  public GroupCommit(int parallel, LoadLimits limits, Effects effects) {
    this.effects = effects;
    this.parallel = parallel;
    this.limits = limits;
    allowed = limits.batch();
  }

  /** Returns the commit that new entries are added to. */
  public Commit open() {
    Commit last = open.peekLast();
    long full = limits.commitBytes();
    if (last == null || last.closed || last.entries() >= allowed || last.bytes() >= full) {
      last = new Commit();
      open.addLast(last);
    }
    return last;
  }

  public void publish(Commit.Publishing publishing) {
    waitingEvents += publishing.events();
    waitingBytes += publishing.bytes();
    open().add(publishing);
  }

  /** Returns the number of events waiting for their commit or being committed. */
  public int waitingEvents() {
    return waitingEvents;
  }

  /** Returns the payload bytes of these events. */
  public long waitingBytes() {
    return waitingBytes;
  }

  public boolean isIdle() {
    return running.isEmpty() && open.isEmpty() && again.isEmpty();
  }

  /** Returns whether the store failed recently, so that nothing should be started. */
  public boolean isStalled(Instant now) {
    return stall.isOn(now);
  }

  /** Returns whether the last commit failed. */
  public boolean isFailing() {
    return stall.until() != null;
  }

  /** Returns whether new events would wait for a store that has not recovered from a failure. */
  public boolean isDown(Instant now) {
    return isFailing() && (isStalled(now) || !running.isEmpty());
  }

  /** Returns the end of the back-off, or null if the store did not fail recently. */
  public @Nullable Instant stalledUntil() {
    return stall.until();
  }

  /**
   * Returns whether the outcome of a commit is unknown. Nothing may be claimed meanwhile: the same
   * owner could claim what such a commit has released, and its repetition would be accepted.
   */
  public boolean isInDoubt() {
    return again.isBlocking() || running.values().stream().anyMatch(UncertainCommits::isBlocking);
  }

  /** Returns the commits of unknown outcome that will be retried. */
  public List<Commit> inDoubt() {
    return again.inDoubt();
  }

  /**
   * Starts all commits that may start now.
   *
   * @param claiming whether a claim is in flight; retried commits wait for it
   */
  public void decide(Instant now, long incarnation, boolean claiming) {
    again.wake(now, open);
    int atOnce = isFailing() ? 1 : parallel;
    while (!isStalled(now) && running.size() < atOnce && (running.isEmpty() || isWorthIt(now))) {
      boolean held = !again.isEmpty() && claiming;
      Commit next = held ? null : again.isEmpty() ? open.pollFirst() : again.next();
      if (next == null) {
        return;
      }
      if (next.doubtful && next.incarnation != incarnation) {
        next.disown();
      }
      next.incarnation = incarnation;
      begunAt = now;
      running.put(++number, next);
      effects.commit(number, next.batch());
    }
  }

  /** Returns whether the open commit should start although another one is running. */
  private boolean isWorthIt(Instant now) {
    Commit next = open.peekFirst();
    return next != null
        && (next.entries() >= Math.min(MANY, limits.batch())
            || next.bytes() >= limits.commitBytes()
            || !now.isBefore(begunAt.plus(LONG)));
  }

  /** Returns when the open commit starts even beside the running one, or null for never. */
  public @Nullable Instant wakeAt() {
    Instant wake = again.wakeAt();
    return open.isEmpty() || isFailing() || running.size() >= parallel
        ? wake
        : WakeTime.earlier(wake, begunAt.plus(LONG));
  }

  /** Handles a commit that was written. */
  public Commit written(long which) {
    stall.end();
    passed++;
    allowed = Math.min(limits.batch(), 2 * allowed);
    return ended(which);
  }

  /** Handles a commit that failed and changed nothing; the caller decides what to retry. */
  public Commit failed(long which, Instant now) {
    stall(now);
    Commit commit = ended(which);
    allowed = Math.max(1, Math.min(allowed, commit.entries()) / 2);
    return commit;
  }

  /** Takes out a commit that the store rejected for its content and that is retried in parts. */
  public Commit refused(long which) {
    Commit commit = running(which);
    running.remove(which);
    return commit;
  }

  /** Schedules the halves of a rejected commit before anything else. */
  public void halve(Commit commit) {
    if (commit.parts() > 0) {
      List<Commit> halves = commit.halves();
      Consumer<Commit> queue = commit.doubtful ? again::addFirst : open::addFirst;
      queue.accept(halves.get(1));
      queue.accept(halves.get(0));
    }
  }

  /** Schedules a commit unchanged. */
  public void add(Commit closed) {
    open.addLast(closed);
  }

  /** Retries a commit of one entry; if it has failed often, nothing else waits for it. */
  public void again(Commit commit, Instant now) {
    commit.closed = true;
    stall(now);
    if (commit.tries().isMany()) {
      later(commit, now);
      stall.note(now);
    } else if (commit.doubtful) {
      again.add(commit);
    } else {
      open.addLast(commit);
    }
  }

  /** Retries a commit after a delay. */
  public void later(Commit commit, Instant now) {
    again.addApart(commit, now);
  }

  /** Returns the number of commits written so far. */
  public long passed() {
    return passed;
  }

  /** Handles a commit whose publications found no room; its other entries can be written. */
  public Commit hadNoRoom(long which, Instant now) {
    fullUntil = now.plus(LONGEST_PAUSE);
    return ended(which);
  }

  /** Returns whether the store was recently full for new events. */
  public boolean isFull(Instant now) {
    return fullUntil != null && now.isBefore(fullUntil);
  }

  /** Handles a commit of unknown outcome: it is retried unchanged until the outcome is known. */
  public void unknown(long which, Instant now) {
    stall(now);
    Commit commit = running.remove(which);
    if (commit != null) {
      commit.doubtful = true;
      again.add(commit);
    }
  }

  /** Returns a running commit. */
  public Commit running(long which) {
    return Objects.requireNonNull(running.get(which), () -> "no commit " + which + " is running");
  }

  /** Withdraws the publications whose commit has not started, because none will be started soon. */
  public List<Commit.Publishing> withdraw() {
    List<Commit.Publishing> all = new ArrayList<>();
    open.forEach(commit -> all.addAll(commit.withdraw()));
    open.removeIf(Commit::isEmpty);
    all.forEach(this::forget);
    return all;
  }

  /** Drops entries that an owner declared dead can no longer write. */
  public void dropOwned() {
    again.dropOwned();
    open.forEach(Commit::dropOwned);
    open.removeIf(Commit::isEmpty);
  }

  /** Abandons everything that is not written yet. */
  public List<Commit> abandon() {
    List<Commit> all = new ArrayList<>(open);
    all.addAll(again.all());
    all.addAll(running.values());
    open.clear();
    return all;
  }

  private Commit ended(long which) {
    Commit commit = refused(which);
    commit.publishings.forEach(this::forget);
    return commit;
  }

  /** Stops counting a publication that will not be written. */
  public void forget(Commit.Publishing publishing) {
    waitingEvents -= publishing.events();
    waitingBytes -= publishing.bytes();
  }

  /** Adjusts timers after the clock was set back. */
  public void setBack(Instant now) {
    begunAt = now;
    fullUntil = null;
    again.setBack(now);
    if (isFailing()) {
      stall.note(now);
    }
  }

  /** Starts nothing for a while. */
  public void stall(Instant now) {
    stall.begin(now);
  }
}
