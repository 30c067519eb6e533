package dev.hookferry.http.console;

import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayProgress;
import dev.hookferry.replay.ReplayState;
import java.time.Duration;
import java.time.Instant;

/**
 * A replay as it is shown.
 *
 * @param what it sends, in words
 * @param times its window, and when it was at work
 * @param progress how far it is, in words
 * @param percent from 0 to 100, or -1 if nobody knows how much there is
 * @param left how long it still takes, or empty
 * @param isFinal whether nothing more happens
 * @param paused whether it rests
 */
record ReplayRow(
    String id,
    Look look,
    String what,
    Times times,
    int rate,
    String progress,
    int percent,
    String left,
    String note,
    boolean isFinal,
    boolean paused) {
  /** Its window, and when it was at work. */
  record Times(String since, String until, Moment started, Moment ended) {}

  static ReplayRow of(ReplayJob job, Targets targets, Instant now) {
    ReplayProgress progress = job.progress();
    long left = progress.expected() - progress.sent() - progress.skipped();
    boolean known = progress.expected() >= 0;
    return new ReplayRow(
        job.id().toString(),
        look(job.state()),
        what(job, targets),
        new Times(
            Moment.of(job.window().since(), now).exact(),
            Moment.of(job.window().until(), now).exact(),
            Moment.of(job.startedAt(), now),
            Moment.of(job.endedAt(), now)),
        job.rate(),
        progress.sent()
            + (known ? " of " + progress.expected() : "")
            + " sent"
            + (progress.skipped() == 0 ? "" : ", " + progress.skipped() + " skipped"),
        known ? progress.percent() : -1,
        known && job.state() == ReplayState.RUNNING && left > 0
            ? Moment.length(Duration.ofSeconds((left + job.rate() - 1) / job.rate()))
            : "",
        progress.note(),
        job.state().isFinal(),
        job.state() == ReplayState.PAUSED);
  }

  private static Look look(ReplayState state) {
    return switch (state) {
      case RUNNING -> new Look("wait", state.word(), Look.CLOCK);
      case PAUSED -> new Look("rest", state.word(), Look.PAUSE);
      case DONE -> new Look("good", state.word(), Look.TICK);
      case CANCELLED -> new Look("rest", state.word(), Look.SLASH);
    };
  }

  private static String what(ReplayJob job, Targets targets) {
    var window = job.window();
    return (window.status() == null ? "everything" : "what is " + window.status().word())
        + (window.type() == null ? "" : " of type " + window.type())
        + (window.endpoint() == null ? "" : " to " + targets.url(window.endpoint()));
  }
}
