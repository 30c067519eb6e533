package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.observe.ProblemNote;
import dev.hookferry.observe.Undelivered;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All problems of one endpoint.
 *
 * @param endpoint the endpoint's id
 * @param name its description, or its URL
 * @param url its URL if the name differs; empty otherwise
 * @param enabled whether it is neither paused nor disabled
 * @param pill the endpoint's state
 * @param isAiling whether it does not work or a key is blocked, by the criteria of the overview's
 *     headline
 * @param reason why it is stuck, as a phrase; empty if it is not
 * @param causes the causes of its failures, those with most failures first
 * @param undelivered its deliveries that have not ended
 * @param mutedBy who muted the endpoint; empty if it is not muted
 * @param mutedUntil the end of the mute
 */
public record ProblemCard(
    String endpoint,
    String name,
    String url,
    boolean enabled,
    StatePill pill,
    boolean isAiling,
    String reason,
    List<ProblemCause> causes,
    Undelivered undelivered,
    String mutedBy,
    DisplayTime mutedUntil) {
  /** The causes already show the number. */
  private static final Pattern FAILURES = Pattern.compile("^[0-9,]+ failures? in a row$");

  /** Returns the endpoints of a site that have problems: the open ones first. */
  public static List<ProblemCard> all(Webhooks webhooks, Visit visit) {
    Map<String, List<EndpointProblem>> problems =
        webhooks.problems().all(visit.site()).stream()
            .collect(
                Collectors.groupingBy(
                    problem -> problem.endpoint().id().toString(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return problems.values().stream().map(some -> of(some, visit.now())).toList();
  }

  private static ProblemCard of(Collection<EndpointProblem> problems, Instant now) {
    EndpointProblem first = problems.iterator().next();
    Endpoint endpoint = first.endpoint();
    ProblemNote mute = first.muted();
    boolean isNamed = !endpoint.description().isEmpty();
    return new ProblemCard(
        endpoint.id().toString(),
        endpoint.name(),
        isNamed ? endpoint.url().text() : "",
        endpoint.enabled(),
        pill(first.health(), first.undelivered()),
        isAiling(first.health(), first.undelivered()),
        EndpointWords.plain(first.health().reason()),
        problems.stream().map(problem -> ProblemCause.of(problem, now)).toList(),
        first.undelivered(),
        mute == null ? "" : mute.by(),
        mute == null ? DisplayTime.NONE : DisplayTime.of(mute.until(), now));
  }

  private static StatePill pill(EndpointHealth health, Undelivered undelivered) {
    return StatePill.of(health, undelivered.blockedKeys() > 0);
  }

  /** Returns whether an endpoint or one of its ordering keys does not work. */
  public static boolean isAiling(EndpointHealth health, Undelivered undelivered) {
    return isAiling(health) || undelivered.blockedKeys() > 0;
  }

  /**
   * Returns whether an endpoint is not working, unless a user or its own rate limit holds it back.
   * A receiver that asks for a pause after few failures is normal operation.
   */
  public static boolean isAiling(EndpointHealth health) {
    return switch (health.state()) {
      case WORKING, PAUSED -> false;
      case RATE_LIMITED -> health.isOnHold() && (health.failures() == 0 || health.isFailing());
      case BACKING_OFF, FAILING, DISABLED -> true;
    };
  }

  /** Returns whether the endpoint needs attention. */
  public boolean isOpen() {
    return mutedBy.isEmpty() && !unknown().isEmpty();
  }

  /** Returns the unacknowledged causes. */
  public List<ProblemCause> unknown() {
    return causes.stream().filter(cause -> cause.known().isEmpty()).toList();
  }

  /** Returns the causes that made attempts fail. */
  public List<ProblemCause> ofAttempts() {
    return causes.stream().filter(ProblemCause::hasAttempts).toList();
  }

  /**
   * Returns whether the endpoint has failed for a minute or three times, or has a problem without
   * failed attempts.
   */
  public boolean isLasting(Instant now) {
    List<ProblemCause> failures = ofAttempts();
    return failures.isEmpty() || failures.stream().anyMatch(cause -> cause.isLasting(now));
  }

  /**
   * Returns the query of the list of deliveries that failed: those whose last response was the main
   * cause, the latest attempt first. Without a response, the list has all that are not delivered.
   */
  public String deliveries() {
    String filter =
        ofAttempts().stream()
            .limit(1)
            .map(ProblemCause::code)
            .filter(code -> code.matches("[1-5][0-9]{2}"))
            .map(code -> "?code=" + code)
            .findFirst()
            .orElse("?status=pending&status=held&status=blocked&status=exhausted&status=poisoned");
    return filter + "&endpoint=" + endpoint;
  }

  /** Returns whether a wrong URL is the only reason why attempts fail. */
  public boolean hasUrlProblem() {
    List<ProblemCause> failures = ofAttempts();
    return !failures.isEmpty() && failures.stream().allMatch(ProblemCause::hasUrlProblem);
  }

  /** Returns who acknowledged a problem without failed attempts; empty if unacknowledged. */
  public String known() {
    return causes.stream()
        .filter(cause -> !cause.hasAttempts())
        .map(ProblemCause::known)
        .findFirst()
        .orElse("");
  }

  /**
   * Returns why the endpoint is in its state and which keys are blocked, in sentences; empty if the
   * causes already explain it.
   */
  public String condition() {
    boolean isCounted = !ofAttempts().isEmpty() && FAILURES.matcher(reason).find();
    boolean isGone = reason.contains("410 Gone") && causes.stream().anyMatch(ProblemCause::isGone);
    String why = reason.isEmpty() || isCounted || isGone ? "" : FieldErrors.sentence(reason);
    return Stream.of(why, blocked())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /**
   * Returns the outcomes of deliveries, such as {@code 24 waiting · 42 given up from the last 24
   * hours}; empty if nothing waits or was given up.
   *
   * @param lost the number of deliveries given up within a day, as text; empty if none
   */
  String remainingOutcome(String lost) {
    String waits = waiting();
    String givenUp = lost.isEmpty() ? "" : lost + " given up from the last 24 hours";
    return Stream.of(waits, givenUp)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  /** Returns the number of deliveries given up within a day, as a phrase. */
  static String givenUp(String count) {
    return count
        + (count.equals("1") ? " delivery" : " deliveries")
        + " given up from the last 24 hours";
  }

  /** Returns the number of deliveries that do not wait behind a blocked key; empty if none. */
  private String waiting() {
    int free = undelivered.waiting() - undelivered.behindBlocked();
    return free == 0 ? "" : WaitingDeliveries.text(free, undelivered.more()) + " waiting";
  }

  /**
   * Returns the unacknowledged cause with most failures and the outcomes of deliveries as one line;
   * empty if there are none.
   *
   * @param lost the number of given-up deliveries, as a phrase; empty if none
   */
  public String summary(Instant now, String lost) {
    String main = open().findFirst().map(cause -> cause.summary(now)).orElse("");
    return Stream.of(main, waiting(), lost)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  /** Returns the other unacknowledged causes, which may be over, as a phrase; empty if none. */
  public String otherCauses(Instant now) {
    return open().skip(1).map(cause -> cause.aside(now)).collect(Collectors.joining("; "));
  }

  private Stream<ProblemCause> open() {
    return unknown().stream().filter(cause -> !cause.code().equals(EndpointProblem.BLOCKED_KEYS));
  }

  /** Returns the blocked keys as a sentence; empty if there are none. */
  public String blocked() {
    String text = WaitingDeliveries.blocked(undelivered);
    return text.isEmpty() ? "" : text + ".";
  }
}
