package dev.hookferry.replay;

import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replay that goes on by itself, kept by the store.
 *
 * @param rate how many deliveries it makes due in a second, at most
 * @param startedAt when it was begun
 * @param endedAt when it became final, or null
 * @param worker which process works on it; empty if none does
 * @param heldUntil until when no other process takes it over
 */
public record ReplayJob(
    ReplayId id,
    SiteId site,
    ReplayWindow window,
    int rate,
    ReplayState state,
    ReplayProgress progress,
    Instant startedAt,
    @Nullable Instant endedAt,
    String worker,
    Instant heldUntil) {
  /** The highest rate. */
  public static final int FASTEST = 1_000;

  public ReplayJob {
    if (rate < 1 || rate > FASTEST) {
      throw InvalidException.of("rate", "must be from 1 to " + FASTEST + " a second");
    }
  }

  /** A replay that begins. */
  public static ReplayJob begin(
      ReplayId id, SiteId site, ReplayWindow window, int rate, Instant now) {
    return new ReplayJob(
        id, site, window, rate, ReplayState.RUNNING, ReplayProgress.NONE, now, null, "", now);
  }

  /** The same, having found so many deliveries. */
  public ReplayJob expecting(long count) {
    return with(state, new ReplayProgress(count, 0, 0, null, ""), endedAt);
  }

  /** The same, worked on by a process. */
  public ReplayJob heldBy(String process, Instant until) {
    return new ReplayJob(
        id, site, window, rate, state, progress, startedAt, endedAt, process, until);
  }

  /** Whether another process works on it. */
  public boolean isHeldByOther(String process, Instant now) {
    return !worker.isEmpty() && !worker.equals(process) && heldUntil.isAfter(now);
  }

  /** The same, further on; null as the place to go on from means that it is done. */
  public ReplayJob advanced(long sent, long skipped, @Nullable String next, Instant now) {
    ReplayProgress further = progress.and(sent, skipped, next);
    return next == null && !state.isFinal()
        ? with(ReplayState.DONE, further, now)
        : with(state, further, endedAt);
  }

  /** The same, resting or going on. Final ones stay as they are. */
  public ReplayJob paused(boolean rests) {
    return state.isFinal()
        ? this
        : with(rests ? ReplayState.PAUSED : ReplayState.RUNNING, progress, null);
  }

  /** The same, stopped for good. Final ones stay as they are. */
  public ReplayJob cancelled(String why, Instant now) {
    ReplayProgress told =
        new ReplayProgress(
            progress.expected(), progress.sent(), progress.skipped(), progress.cursor(), why);
    return state.isFinal() ? this : with(ReplayState.CANCELLED, told, now);
  }

  private ReplayJob with(ReplayState next, ReplayProgress further, @Nullable Instant ended) {
    return new ReplayJob(
        id, site, window, rate, next, further, startedAt, ended, worker, heldUntil);
  }
}
