package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayProgress;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A replay in a list.
 *
 * @param description the deliveries that it sends
 * @param times its window and when it ran
 * @param progress the progress, as text
 * @param percent 0 to 100, or -1 if the total is unknown
 * @param left remaining time, or empty
 * @param isFinal whether it has ended
 * @param paused whether it is paused
 */
public record ReplayRow(
    String id,
    StatePill look,
    String description,
    Times times,
    int rate,
    String progress,
    int percent,
    String left,
    String note,
    boolean isFinal,
    boolean paused) {
  /** The replay's window, and when it ran. */
  public record Times(String since, String until, DisplayTime started, DisplayTime ended) {}

  static ReplayRow of(ReplayJob job, EndpointList targets, Instant now) {
    ReplayProgress progress = job.progress();
    long left = progress.expected() - progress.sent() - progress.skipped();
    boolean known = progress.expected() >= 0;
    return new ReplayRow(
        job.id().toString(),
        look(job.state()),
        description(job, targets),
        new Times(
            DisplayTime.of(job.window().since(), now).exact(),
            DisplayTime.of(job.window().until(), now).exact(),
            DisplayTime.of(job.startedAt(), now),
            DisplayTime.of(job.endedAt(), now)),
        job.rate(),
        progress.sent()
            + (known ? " of " + progress.expected() : "")
            + " sent"
            + (progress.skipped() == 0 ? "" : ", " + progress.skipped() + " skipped"),
        known ? progress.percent() : -1,
        known && job.state() == ReplayState.RUNNING && left > 0
            ? DisplayTime.length(Duration.ofSeconds((left + job.rate() - 1) / job.rate()))
            : "",
        progress.note(),
        job.state().isFinal(),
        job.state() == ReplayState.PAUSED);
  }

  private static StatePill look(ReplayState state) {
    return switch (state) {
      case RUNNING -> new StatePill("wait", state.code(), StatePill.CLOCK);
      case PAUSED -> new StatePill("rest", state.code(), StatePill.PAUSE);
      case DONE -> new StatePill("good", state.code(), StatePill.TICK);
      case CANCELLED -> new StatePill("rest", state.code(), StatePill.SLASH);
    };
  }

  private static String kind(Set<DeliveryState> states) {
    return states.stream()
            .sorted()
            .map(state -> state == DeliveryState.DELIVERED ? "successful" : state.code())
            .collect(Collectors.joining(" and "))
        + " deliveries";
  }

  private static String description(ReplayJob job, EndpointList targets) {
    var window = job.window();
    return (window.statuses().equals(ReplayWindow.ENDED)
            ? "all deliveries that ended"
            : kind(window.statuses()))
        + (window.types().isEmpty() ? "" : " of type " + window.typeNames().replace(",", ", "))
        + (window.event() == null ? "" : " of event " + window.event())
        + (window.statusCode() == null ? "" : " with HTTP " + window.statusCode())
        + window.fields().entrySet().stream()
            .map(field -> " with " + field.getKey() + ":" + field.getValue())
            .collect(Collectors.joining())
        + (window.endpoint() == null ? "" : " to " + targets.url(window.endpoint()));
  }
}
