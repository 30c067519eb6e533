package dev.hookferry.http.console.problems;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.observe.ProblemNote;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One cause of an endpoint's failures.
 *
 * @param code the code of the cause
 * @param words the cause as text
 * @param since time of the first failure; null if unknown
 * @param begin the same time, for display
 * @param failures number of failed attempts since then; 0 if unknown
 * @param known who acknowledged it and when; empty if unacknowledged
 */
public record ProblemCause(
    String code,
    String words,
    @Nullable Instant since,
    DisplayTime begin,
    int failures,
    String known) {
  /** Causes that only a change of the URL can fix. */
  private static final Set<String> OF_URL = Set.of("404", "410", OutcomeKind.DNS_ERROR.code());

  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("d MMM HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final long DAY_SECONDS = 86_400;
  private static final int MANY = 3;
  private static final Duration LONG = Duration.ofMinutes(1);

  static ProblemCause of(EndpointProblem problem, Instant now) {
    EndpointProblem.Failures failures = problem.failures();
    ProblemNote known = problem.acknowledged();
    Instant since = failures == null ? null : failures.since();
    return new ProblemCause(
        problem.cause(),
        words(problem),
        since,
        DisplayTime.of(since, now),
        problem.count(),
        known == null ? "" : known.by() + ", " + DisplayTime.of(known.at(), now).text());
  }

  private static String words(EndpointProblem problem) {
    String cause = problem.cause();
    return cause.matches("[0-9]{3}")
        ? StatePill.status(Integer.parseInt(cause))
        : OutcomeKind.fromCode(cause)
            .map(kind -> capitalized(StatePill.of(kind).word()))
            .orElseGet(() -> capitalized(problem.reason()));
  }

  static String capitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /**
   * Returns whether this cause made attempts fail; otherwise it comes from the endpoint's state.
   */
  public boolean hasAttempts() {
    return since != null;
  }

  /** Returns whether attempts failed at least three times, or for a minute. */
  boolean isLasting(Instant now) {
    return failures >= MANY || (since != null && !since.isAfter(now.minus(LONG)));
  }

  /** Returns the number of failed attempts, such as {@code 1,414}. */
  public String count() {
    return NumberText.of(failures);
  }

  /** Returns the meaning of the cause and the remedy; empty if the cause is self-explanatory. */
  public String advice() {
    return OutcomeAdvice.ofCause(code);
  }

  /** Returns the cause, its start and its failures, as in the {@link #size} of the cause. */
  String summary(Instant now) {
    return since == null ? words : words + size(now);
  }

  /** Returns the cause beside a more frequent one, such as {@code HTTP 503, once, at 16:47 UTC}. */
  String aside(Instant now) {
    if (since == null) {
      return words;
    }
    boolean isOnce = failures == 1;
    return words.replaceFirst("^Cannot", "cannot")
        + (isOnce ? ", once, at " : ", " + count() + " times since ")
        + time(since, now);
  }

  /**
   * Returns the start and the number of failures, such as {@code since 16:47 UTC · 414 failures}.
   */
  public String size(Instant now) {
    return (since == null ? "" : begin(since, now))
        + " · "
        + NumberText.counted(failures, "failure");
  }

  /** Returns whether the receiver reported that the URL is permanently gone. */
  boolean isGone() {
    return code.equals("410");
  }

  private static String begin(Instant since, Instant now) {
    return " since " + time(since, now);
  }

  private static String time(Instant since, Instant now) {
    boolean isToday = now.getEpochSecond() - since.getEpochSecond() < DAY_SECONDS;
    return (isToday ? TODAY : EARLIER).format(since);
  }

  /** Returns whether the URL is wrong, so that retries cannot help until it is changed. */
  boolean hasUrlProblem() {
    return OF_URL.contains(code);
  }

  /** Returns whether an attempt failed because its URL is wrong. */
  static boolean hasUrlProblem(Outcome outcome) {
    int status = outcome.statusCode();
    return OF_URL.contains(status == 0 ? outcome.kind().code() : Integer.toString(status));
  }
}
