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
 * The commit batcher: everything that waits when a commit returns goes into the next one. So a
 * commit is never delayed when nothing is under way, and a busy node pays one forced write for
 * hundreds of entries. Beside a commit that runs another begins only if it has many entries, or if
 * the one before takes long: several small commits at once cost more than one that has all.
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

  /** How many entries a commit may have: fewer after failures, as one of them may be the cause. */
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

  /** The commit that new entries go into. */
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

  /** How many events wait for their commit or are being committed. */
  public int waitingEvents() {
    return waitingEvents;
  }

  /** How many bytes of payload these events have. */
  public long waitingBytes() {
    return waitingBytes;
  }

  public boolean isIdle() {
    return running.isEmpty() && open.isEmpty() && again.isEmpty();
  }

  /** Whether the store failed lately, so that nothing should be begun that needs it. */
  public boolean isStalled(Instant now) {
    return stall.isOn(now);
  }

  /** Whether the store's last commit failed. */
  public boolean isFailing() {
    return stall.until() != null;
  }

  /** Whether new events would wait for a store that failed lately and was not seen to be back. */
  public boolean isDown(Instant now) {
    return isFailing() && (isStalled(now) || !running.isEmpty());
  }

  /** Until when nothing is begun, or null if the store did not fail lately. */
  @Nullable
  public Instant stalledUntil() {
    return stall.until();
  }

  /**
   * Whether a commit may be written or not. Meanwhile nothing may be claimed: what such a commit
   * has set free would come back to its own owner, whose repeated commit the fence lets pass. A
   * commit that only publishes sets nothing free.
   */
  public boolean isInDoubt() {
    return again.isBlocking() || running.values().stream().anyMatch(UncertainCommits::isBlocking);
  }

  /** The commits that are to be tried again, because nobody knows whether they are written. */
  public List<Commit> inDoubt() {
    return again.inDoubt();
  }

  /**
   * Starts what may be started now.
   *
   * @param claiming whether a claim is under way, which a repeated commit has to wait for
   */
  public void decide(Instant now, long incarnation, boolean claiming) {
    again.wake(now, open);
    int atOnce = isFailing() ? 1 : parallel;
    while (!isStalled(now) && running.size() < atOnce && (running.isEmpty() || isWorthIt(now))) {
      if (!again.isEmpty() && claiming) {
        return;
      }
      Commit next = again.isEmpty() ? open.pollFirst() : again.next();
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

  /** Whether what is open should begin although another commit runs. */
  private boolean isWorthIt(Instant now) {
    Commit next = open.peekFirst();
    return next != null
        && (next.entries() >= Math.min(MANY, limits.batch())
            || next.bytes() >= limits.commitBytes()
            || !now.isBefore(begunAt.plus(LONG)));
  }

  /** When what is open begins even if the commit before has not ended, or null for never. */
  @Nullable
  public Instant wakeAt() {
    Instant wake = again.wakeAt();
    return open.isEmpty() || isFailing() || running.size() >= parallel
        ? wake
        : WakeTime.earlier(wake, begunAt.plus(LONG));
  }

  /** A commit is written. */
  public Commit written(long which) {
    stall.end();
    passed++;
    allowed = Math.min(limits.batch(), 2 * allowed);
    return ended(which);
  }

  /** A commit failed without a trace; the caller decides what of it is tried again. */
  public Commit failed(long which, Instant now) {
    stall(now);
    Commit commit = ended(which);
    allowed = Math.max(1, Math.min(allowed, commit.entries()) / 2);
    return commit;
  }

  /** Takes out a commit that the store refused for what it holds, and that goes on in parts. */
  public Commit refused(long which) {
    Commit commit = running(which);
    running.remove(which);
    return commit;
  }

  /** Tries the halves of a refused commit before anything else. */
  public void halve(Commit commit) {
    if (commit.parts() == 0) {
      return;
    }
    List<Commit> halves = commit.halves();
    Consumer<Commit> queue = commit.doubtful ? again::addFirst : open::addFirst;
    queue.accept(halves.get(1));
    queue.accept(halves.get(0));
  }

  /** Writes a commit as it is. */
  public void add(Commit closed) {
    open.addLast(closed);
  }

  /** A commit of one entry is tried again; if it has failed often, nothing else waits for it. */
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

  /** Tries a commit again, after a while. */
  public void later(Commit commit, Instant now) {
    again.addApart(commit, now);
  }

  /** How many commits were written so far. */
  public long passed() {
    return passed;
  }

  /** A commit had no room for its publications; what else it has can be written at once. */
  public Commit hadNoRoom(long which, Instant now) {
    fullUntil = now.plus(LONGEST_PAUSE);
    return ended(which);
  }

  /** Whether the store had no room for new events a moment ago. */
  public boolean isFull(Instant now) {
    return fullUntil != null && now.isBefore(fullUntil);
  }

  /** A commit may be written or not: the very same is tried again until that is known. */
  public void unknown(long which, Instant now) {
    stall(now);
    Commit commit = running.remove(which);
    if (commit != null) {
      commit.doubtful = true;
      again.add(commit);
    }
  }

  /** A commit that runs. */
  public Commit running(long which) {
    return Objects.requireNonNull(running.get(which), () -> "no commit " + which + " is running");
  }

  /** Takes back the publications whose commit is not begun, as they would wait for one in vain. */
  public List<Commit.Publishing> withdraw() {
    List<Commit.Publishing> all = new ArrayList<>();
    open.forEach(commit -> all.addAll(commit.withdraw()));
    open.removeIf(Commit::isEmpty);
    all.forEach(this::forget);
    return all;
  }

  /** Drops what an owner that was given up can no longer write. */
  public void dropOwned() {
    again.dropOwned();
    open.forEach(Commit::dropOwned);
    open.removeIf(Commit::isEmpty);
  }

  /** Gives up all that is not written yet. */
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

  /** Counts a publication no longer that will not be written. */
  public void forget(Commit.Publishing publishing) {
    waitingEvents -= publishing.events();
    waitingBytes -= publishing.bytes();
  }

  /** The clock was set back. */
  public void setBack(Instant now) {
    begunAt = now;
    fullUntil = null;
    again.setBack(now);
    if (isFailing()) {
      stall.note(now);
    }
  }

  /** Begins nothing for a while. */
  public void stall(Instant now) {
    stall.begin(now);
  }
}
