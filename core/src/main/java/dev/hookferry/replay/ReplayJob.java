package dev.hookferry.replay;

import dev.hookferry.id.ReplayId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A background replay. Immutable.
 *
 * @param window the deliveries to send; its end is set
 * @param rate maximum deliveries per second
 * @param startedAt when it was started
 * @param endedAt when it ended, or null
 * @param worker the process that holds the lease, or empty
 * @param heldUntil when the lease expires
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
  /** Maximum rate, in deliveries per second. */
  public static final int FASTEST = 1_000;

  public ReplayJob {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(heldUntil, "heldUntil");
    if (window.until() == null) {
      throw InvalidException.of("until", "is missing: a replay job needs the end of its window");
    }
    if (rate < 1 || rate > FASTEST) {
      throw InvalidException.of("rate", "must be from 1 to " + FASTEST + " a second");
    }
  }

  /** Creates a new running replay. */
  public static ReplayJob begin(
      ReplayId id, SiteId site, ReplayWindow window, int rate, Instant now) {
    Objects.requireNonNull(now, "now");
    return new ReplayJob(
        id, site, window, rate, ReplayState.RUNNING, ReplayProgress.NONE, now, null, "", now);
  }

  /** Returns a copy that has just started, with the number of deliveries found. */
  public ReplayJob expecting(long count) {
    return with(state, new ReplayProgress(count, 0, 0, null, ""), endedAt);
  }

  /** Returns a copy leased by a process. */
  public ReplayJob heldBy(String process, Instant until) {
    Objects.requireNonNull(process, "process");
    Objects.requireNonNull(until, "until");
    return new ReplayJob(
        id, site, window, rate, state, progress, startedAt, endedAt, process, until);
  }

  /** Returns whether another process holds an unexpired lease. */
  public boolean isHeldByOther(String process, Instant now) {
    Objects.requireNonNull(process, "process");
    Objects.requireNonNull(now, "now");
    return !worker.isEmpty() && !worker.equals(process) && heldUntil.isAfter(now);
  }

  /** Returns a copy with the progress of one more step; a null {@code next} ends the replay. */
  public ReplayJob advanced(long sent, long skipped, @Nullable String next, Instant now) {
    Objects.requireNonNull(now, "now");
    ReplayProgress updated = progress.and(sent, skipped, next);
    return next == null && !state.isFinal()
        ? with(ReplayState.DONE, updated, now)
        : with(state, updated, endedAt);
  }

  /** Returns a paused or resumed copy; no effect once the replay has ended. */
  public ReplayJob paused(boolean isPaused) {
    return state.isFinal()
        ? this
        : with(isPaused ? ReplayState.PAUSED : ReplayState.RUNNING, progress, null);
  }

  /** Returns a cancelled copy; no effect once the replay has ended. */
  public ReplayJob cancelled(String why, Instant now) {
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(now, "now");
    ReplayProgress updated =
        new ReplayProgress(
            progress.expected(), progress.sent(), progress.skipped(), progress.cursor(), why);
    return state.isFinal() ? this : with(ReplayState.CANCELLED, updated, now);
  }

  private ReplayJob with(ReplayState next, ReplayProgress updated, @Nullable Instant ended) {
    return new ReplayJob(
        id, site, window, rate, next, updated, startedAt, ended, worker, heldUntil);
  }
}
