package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayProgress;
import dev.hookferry.replay.ReplayState;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * A replay in a list.
 *
 * @param description the deliveries that it sends
 * @param list the query of the list of the window's deliveries
 * @param times its window and run time
 * @param progress the progress, as text
 * @param percent 0 to 100, or -1 if the total is unknown
 * @param left remaining time, or empty
 * @param isFinal whether it has ended
 * @param paused whether it is paused
 */
public record ReplayRow(
    String id,
    StatePill pill,
    String description,
    String list,
    ReplayTimes times,
    int rate,
    String progress,
    int percent,
    String left,
    String note,
    boolean isFinal,
    boolean paused) {
  private static final DateTimeFormatter FIELD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter PERIOD =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  /** A completed replay. Neutral, because its deliveries may have failed again. */
  private static final StatePill FINISHED = new StatePill("rest", "finished", "M4.5 4.5h7v7h-7z");

  private static final StatePill NOTHING = new StatePill("rest", "nothing sent", "M4 8h8");

  /** The replay's window and run time. */
  public record ReplayTimes(String created, DisplayTime started, DisplayTime ended) {}

  static ReplayRow of(ReplayJob job, EndpointList targets, Instant now) {
    ReplayProgress progress = job.progress();
    long left = progress.expected() - progress.sent() - progress.skipped();
    // More may match by now than were counted.
    boolean known = progress.expected() >= progress.sent() + progress.skipped();
    return new ReplayRow(
        job.id().toString(),
        job.state() == ReplayState.DONE && progress.sent() == 0 ? NOTHING : pill(job.state()),
        description(job, targets),
        list(job.window()),
        new ReplayTimes(
            created(job.window(), now),
            DisplayTime.of(job.startedAt(), now),
            DisplayTime.of(job.endedAt(), now)),
        job.rate(),
        NumberText.of(progress.sent())
            + (known ? " of " + NumberText.of(progress.expected()) : "")
            + " scheduled"
            + (progress.skipped() == 0
                ? ""
                : ", " + NumberText.of(progress.skipped()) + " skipped"),
        known ? progress.percent() : -1,
        known && job.state() == ReplayState.RUNNING && left > 0
            ? DisplayTime.length(Duration.ofSeconds((left + job.rate() - 1) / job.rate()))
            : "",
        progress.note(),
        job.state().isFinal(),
        job.state() == ReplayState.PAUSED);
  }

  /** Returns whether the replay has ended and its page may show the outcome. */
  public boolean hasOutcomes() {
    return isFinal && !pill.equals(NOTHING);
  }

  /** Returns whether all deliveries of the replay were scheduled. */
  boolean isFinished() {
    return pill.equals(FINISHED);
  }

  private static StatePill pill(ReplayState state) {
    return switch (state) {
      case RUNNING -> new StatePill("wait", state.code(), StatePill.CLOCK);
      case PAUSED -> new StatePill("rest", state.code(), StatePill.PAUSE);
      case DONE -> FINISHED;
      case CANCELLED -> new StatePill("rest", state.code(), StatePill.SLASH);
    };
  }

  /** Returns when the deliveries were created. A window without a start begins at the epoch. */
  private static String created(ReplayWindow window, Instant now) {
    String until = "until " + DisplayTime.of(window.until(), now).exact();
    return isOpen(window)
        ? "any time " + until
        : DisplayTime.of(window.since(), now).exact() + " " + until;
  }

  /** Returns the window as a phrase, such as {@code between … and …}. */
  static String period(ReplayWindow window) {
    String until = PERIOD.format(window.until());
    return isOpen(window)
        ? "until " + until
        : "between " + PERIOD.format(window.since()) + " and " + until;
  }

  private static boolean isOpen(ReplayWindow window) {
    return !window.since().isAfter(Instant.EPOCH);
  }

  /** Returns the query for the window, without statuses because the replay has changed them. */
  private static String list(ReplayWindow window) {
    StringBuilder query = new StringBuilder("?range=custom");
    BiConsumer<String, Object> add =
        (name, value) ->
            query
                .append('&')
                .append(name)
                .append('=')
                .append(FormValues.encoded(String.valueOf(value)));
    window.types().forEach(type -> add.accept("type", type.name()));
    window.fields().forEach((name, value) -> add.accept("data", name + ":" + value));
    if (window.endpoint() != null) {
      add.accept("endpoint", window.endpoint());
    }
    if (window.event() != null) {
      add.accept("event", window.event());
    }
    if (!isOpen(window)) {
      add.accept("since", FIELD.format(window.since()));
    }
    if (window.until() != null) {
      // The format truncates to milliseconds.
      add.accept("until", FIELD.format(window.until().plusNanos(999_999)));
    }
    return query.toString();
  }

  private static String kind(Set<DeliveryState> states) {
    return states.stream()
            .sorted()
            .map(ReplayRow::kind)
            .distinct()
            .collect(Collectors.joining(" and "))
        + " deliveries";
  }

  private static String kind(DeliveryState state) {
    return switch (state) {
      case EXHAUSTED, POISONED -> "given-up";
      default -> state.code();
    };
  }

  private static String types(ReplayWindow window) {
    return window.types().isEmpty() ? "" : " of type " + window.typeNames().replace(",", ", ");
  }

  /**
   * Returns the title of the replay's page. Undelivered deliveries are retried, others are resent.
   */
  static String title(ReplayJob job, EndpointList targets) {
    String what = description(job, targets);
    Set<DeliveryState> statuses = job.window().statuses();
    if (job.window().missing()) {
      return "Replay of " + what;
    }
    if (statuses.equals(Set.of(DeliveryState.DELIVERED))) {
      return (job.state().isFinal() ? "Resent" : "Resending")
          + what.substring(DeliveryState.DELIVERED.code().length());
    }
    boolean isRetry =
        Collections.disjoint(statuses, Set.of(DeliveryState.DELIVERED, DeliveryState.CANCELLED));
    return (isRetry ? "Retry of " : "Replay of ") + what;
  }

  private static String description(ReplayJob job, EndpointList targets) {
    var window = job.window();
    if (window.missing()) {
      return "events"
          + types(window)
          + window.fields().entrySet().stream()
              .map(field -> " with " + field.getKey() + ":" + field.getValue())
              .collect(Collectors.joining())
          + " that "
          + (window.endpoint() == null ? "an endpoint" : targets.name(window.endpoint()))
          + " never got";
    }
    return (window.statuses().equals(ReplayWindow.ENDED)
            ? "all deliveries that ended"
            : kind(window.statuses()))
        + types(window)
        + (window.event() == null ? "" : " of event " + window.event())
        + (window.statusCode() == null ? "" : " with HTTP " + window.statusCode())
        + window.fields().entrySet().stream()
            .map(field -> " with " + field.getKey() + ":" + field.getValue())
            .collect(Collectors.joining())
        + (window.endpoint() == null ? "" : " to " + targets.name(window.endpoint()));
  }
}
