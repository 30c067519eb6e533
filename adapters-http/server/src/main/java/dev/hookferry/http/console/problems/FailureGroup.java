package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.observe.ProblemNote;
import dev.hookferry.observe.Undelivered;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Failures of one endpoint with one cause.
 *
 * @param endpoint the endpoint's id
 * @param name its description, or its URL
 * @param url its URL if the name is another one; empty otherwise
 * @param look the endpoint's state
 * @param cause the code of the cause
 * @param words the cause in words
 * @param since time of the first failure; null if it is not known
 * @param failures number of failed attempts since then; 0 if it is not known
 * @param undelivered its deliveries that have not ended
 * @param known who acknowledged it and when; empty if nobody
 * @param mutedBy who muted the endpoint; empty if nobody
 * @param mutedUntil the end of the mute
 */
public record FailureGroup(
    String endpoint,
    String name,
    String url,
    StatePill look,
    String cause,
    String words,
    @Nullable Instant since,
    int failures,
    Undelivered undelivered,
    String known,
    String mutedBy,
    DisplayTime mutedUntil) {
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final long DAY_SECONDS = 86_400;

  /** Returns all groups of the site: the open ones first, and those with most failures. */
  public static List<FailureGroup> all(Webhooks webhooks, Visit visit) {
    return webhooks.problems().all(visit.site()).stream()
        .map(problem -> of(problem, visit.now()))
        .toList();
  }

  private static FailureGroup of(EndpointProblem problem, Instant now) {
    Endpoint endpoint = problem.endpoint();
    EndpointProblem.Failures failures = problem.failures();
    ProblemNote known = problem.acknowledged();
    ProblemNote mute = problem.muted();
    boolean isNamed = !endpoint.description().isEmpty();
    return new FailureGroup(
        endpoint.id().toString(),
        isNamed ? endpoint.description() : endpoint.url().text(),
        isNamed ? endpoint.url().text() : "",
        StatePill.of(problem.health(), problem.undelivered().blockedKeys() > 0),
        problem.cause(),
        words(problem),
        failures == null ? null : failures.since(),
        problem.count(),
        problem.undelivered(),
        known == null ? "" : known.by() + ", " + DisplayTime.of(known.at(), now).text(),
        mute == null ? "" : mute.by(),
        mute == null ? DisplayTime.NONE : DisplayTime.of(mute.until(), now));
  }

  private static String words(EndpointProblem problem) {
    String cause = problem.cause();
    return cause.matches("[0-9]{3}")
        ? "HTTP " + cause
        : OutcomeKind.fromCode(cause)
            .map(kind -> capitalized(StatePill.of(kind).word()))
            .orElseGet(() -> capitalized(problem.reason()));
  }

  private static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Returns what the cause means and what to do about it; empty if the summary says it. */
  public String advice() {
    return OutcomeAdvice.ofCause(cause);
  }

  /** Returns whether a person has to look at it. */
  public boolean isOpen() {
    return known.isEmpty() && mutedBy.isEmpty();
  }

  /**
   * Returns cause, beginning and size, such as {@code 401 since 16:47 UTC, 414 attempts failed}.
   */
  public String summary(Instant now) {
    String begin =
        since == null
            ? ""
            : " since "
                + (now.getEpochSecond() - since.getEpochSecond() < DAY_SECONDS ? TODAY : EARLIER)
                    .format(since);
    String size =
        failures == 0
            ? ""
            : String.format(Locale.ENGLISH, ", %,d attempt", failures)
                + (failures == 1 ? "" : "s")
                + " failed";
    int free = undelivered.waiting() - undelivered.behindBlocked();
    String waiting =
        free == 0 ? "" : ", " + WaitingDeliveries.deliveries(free, undelivered.more()) + " waiting";
    return words + begin + size + waiting;
  }

  /** Returns the blocked keys as a sentence; empty if there are none. */
  public String blocked() {
    String text = WaitingDeliveries.blocked(undelivered);
    return text.isEmpty() ? "" : text + ".";
  }
}
