package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Replays;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.forms.FormProblems;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.ReplayId;
import dev.hookferry.portal.MissedEvents;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.replay.ReplayFields;
import dev.hookferry.replay.ReplayJob;
import dev.hookferry.replay.ReplayState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A page that counts the events that an endpoint never received, and asks whether to send them.
 *
 * @param endpoint the endpoint's id
 * @param name the endpoint's name
 * @param filter the period
 * @param count the question with the number of events; empty if no period is chosen or no event was
 *     missed
 * @param go the label of the button that sends them; empty if there is no question
 * @param text what is known so far, or the consequences of sending the events
 * @param since the start of the period, RFC 3339
 * @param until the end of the period, RFC 3339
 * @param problems the problems with the period
 */
public record MissedReview(
    String endpoint,
    String name,
    PortalFilter filter,
    String count,
    String go,
    String text,
    String since,
    String until,
    FormProblems problems) {
  /**
   * Missed events that are being sent, or have been since the visitor asked for it.
   *
   * @param tone CSS class: good or plain
   * @param query the query of the endpoint's page that shows it
   * @param isOpen whether some are still to be sent
   */
  public record MissedProgress(String text, String tone, String query, boolean isOpen) {
    private static final String FIELD = "missed";

    /** Returns the query of the page that shows the progress of a replay. */
    public static String query(ReplayId id) {
      return "?" + FIELD + "=" + id;
    }

    /** Returns the progress; empty if nothing is being sent, and the query names nothing. */
    public static Optional<MissedProgress> of(MissedEvents missed, FormValues query, Words words) {
      String asked = query.text(FIELD);
      return Optional.ofNullable(missed.newest())
          .filter(job -> !job.state().isFinal() || asked.equals(job.id().toString()))
          .map(job -> of(job, words));
    }

    private static MissedProgress of(ReplayJob job, Words words) {
      boolean isOpen = !job.state().isFinal();
      String text =
          isOpen ? progress(job, words) : words.count("missed.sent", job.progress().sent(), false);
      String tone = job.state() == ReplayState.DONE ? "good" : "plain";
      return new MissedProgress(text, tone, query(job.id()), isOpen);
    }
  }

  /** Counts the events of the period in a query, if there is one. */
  public static MissedReview of(
      FormValues query, Endpoint endpoint, MissedEvents missed, Words words, Instant now) {
    PortalFilter filter = new PortalFilter(query);
    Problems problems = new Problems();
    TimeWindow period = filter.period().window(now, problems);
    problems.require(
        filter.range().isEmpty() || !problems.isEmpty() || period.since() != null,
        "since",
        "is missing");
    MissedReview asked =
        new MissedReview(
            endpoint.id().toString(),
            ShortName.of(endpoint),
            filter,
            "",
            "",
            "",
            "",
            "",
            wrong(problems, words));
    ReplayJob running = missed.running();
    if (running != null) {
      return asked.with("", "", progress(running, words), TimeWindow.ALL);
    }
    if (filter.range().isEmpty() || !asked.problems().isEmpty()) {
      return asked;
    }
    Instant end = period.until();
    if (period.since() != null && !period.since().isBefore(now)) {
      return asked.with("", "", words.text("missed.none"), TimeWindow.ALL);
    }
    TimeWindow counted = period.until(end == null || end.isAfter(now) ? now : end);
    Replays.Preview found = missed.count(counted);
    return found.count() == 0
        ? asked.with("", "", words.text("missed.none"), TimeWindow.ALL)
        : asked.with(
            words.count("missed.ask", found.count(), found.more(), asked.name()),
            words.count("missed.go", found.count(), found.more()),
            words.text("missed.help", words.number(ReplayFields.DEFAULT_RATE)),
            counted);
  }

  private static FormProblems wrong(Problems problems, Words words) {
    try {
      problems.throwIfAny();
      return FormProblems.NONE;
    } catch (InvalidException e) {
      return FormProblems.of(e.problems(), words, Map.of());
    }
  }

  private MissedReview with(String question, String button, String said, TimeWindow period) {
    return new MissedReview(
        endpoint,
        name,
        filter,
        question,
        button,
        said,
        period.since() == null ? "" : period.since().toString(),
        period.until() == null ? "" : period.until().toString(),
        problems);
  }

  private static String progress(ReplayJob job, Words words) {
    long expected = job.progress().expected();
    return words.text(
        "missed.running",
        words.number(job.progress().sent()),
        expected < 0 ? "…" : words.number(expected));
  }
}
