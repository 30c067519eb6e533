package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.console.text.ResponseQuote;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The problem of an endpoint that fails or is disabled, with advice.
 *
 * @param pill its state
 * @param since since when; empty if unknown
 * @param cause the status or error of the newest attempt; empty if it did not fail
 * @param detail the receiver's own error message, or the connection failure; empty if unknown
 * @param advice its usual meaning, in a sentence; empty if there is no cause
 * @param hasUrlProblem whether its URL is wrong, so that retries cannot help until it is changed
 * @param retry the label of the button for retrying given-up deliveries; empty if there are none
 * @param running the replay of its deliveries that is running; null if there is none
 */
public record EndpointProblemSummary(
    StatePill pill,
    DisplayTime since,
    String cause,
    String detail,
    String advice,
    boolean hasUrlProblem,
    String retry,
    @Nullable RunningReplay running) {
  /** The page already shows the number among its figures. */
  private static final Pattern COUNT = Pattern.compile("[0-9,]+ failures? in a row");

  /**
   * Returns the problem of an endpoint; null if it works or a user paused it. Counts its given-up
   * deliveries with up to four queries.
   *
   * @param newestFirst its newest attempts
   * @param failingSince time of its first failure since its last success, or null
   */
  public static @Nullable EndpointProblemSummary of(
      Webhooks webhooks,
      Endpoint endpoint,
      List<Attempt> newestFirst,
      @Nullable Instant failingSince,
      Instant now) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    boolean isDisabled = health.state() == EndpointHealth.State.DISABLED;
    boolean isFailing = health.state() == EndpointHealth.State.BACKING_OFF || health.isFailing();
    if (!isDisabled && !isFailing) {
      return null;
    }
    Instant since = isDisabled ? endpoint.status().since() : failingSince;
    Optional<Attempt> newest =
        newestFirst.stream().limit(1).filter(one -> !one.outcome().isSuccess()).findFirst();
    Optional<Outcome> last = newest.map(Attempt::outcome);
    return new EndpointProblemSummary(
        StatePill.of(health),
        since == null ? DisplayTime.EMPTY : DisplayTime.of(since, now),
        last.map(LastAttempts::cause).orElse(""),
        newest.map(EndpointProblemSummary::detail).orElse(""),
        last.map(OutcomeAdvice::of).orElse(""),
        last.filter(ProblemCause::hasUrlProblem).isPresent(),
        isDisabled ? "" : retry(givenUp(webhooks, endpoint)),
        RunningReplay.all(webhooks, endpoint.site()).get(endpoint.id()));
  }

  private static String detail(Attempt attempt) {
    return attempt.outcome().statusCode() == 0
        ? FieldErrors.sentence(attempt.outcome().detail())
        : ResponseQuote.of(attempt);
  }

  /**
   * Returns the reason for the endpoint's state as a sentence; empty if this summary or a figure on
   * the page already states it.
   *
   * @param reason the reason as a phrase
   */
  public String additionalReason(String reason) {
    boolean isGone = cause.equals("HTTP 410 Gone") && reason.contains("410 Gone");
    boolean isSaid = isGone || reason.isEmpty() || detail.contains(reason);
    return isSaid || COUNT.matcher(reason).matches() ? "" : FieldErrors.sentence(reason);
  }

  /** Returns the endpoint's state as the start of a sentence, such as {@code Failing}. */
  public String state() {
    return pill.word().substring(0, 1).toUpperCase(Locale.ROOT) + pill.word().substring(1);
  }

  /** Returns when the problem began, in UTC, to the minute. */
  public String minute() {
    return since.minute();
  }

  private static MatchCount givenUp(Webhooks webhooks, Endpoint endpoint) {
    DeliveryQuery query =
        DeliveryQuery.ofSite(endpoint.site())
            .endpoint(endpoint.id())
            .states(ReplayWindow.FAILED)
            .withoutTests()
            .limit(PageRequest.MAX_LIMIT);
    Page<Delivery> found = webhooks.deliveries().list(query);
    return MatchCount.of(query, found, GivenUpCounts.MAX, webhooks.deliveries()::list);
  }

  private static String retry(MatchCount count) {
    return count.known() == 0
        ? ""
        : "Retry " + count.of("given-up delivery", "given-up deliveries") + "…";
  }
}
