package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.LastAttempts;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an endpoint that fails or is disabled, and what to do about it.
 *
 * @param state what it is, such as {@code Failing}
 * @param since since when; empty if that is not known
 * @param cause the status or the error of the newest attempt; empty if that did not fail
 * @param advice what this usually means, in a sentence; empty if there is no cause
 * @param retry the button that leads to a retry of given-up deliveries; empty if there are none
 */
public record EndpointTrouble(
    String state, DisplayTime since, String cause, String advice, String retry) {
  /**
   * Returns the trouble of an endpoint; null if it works or a person paused it. Counts its given-up
   * deliveries with one query, or two if there are many.
   *
   * @param newestFirst its newest attempts
   * @param failingSince time of its first failure since its last success, or null
   */
  public static @Nullable EndpointTrouble of(
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
    Optional<Outcome> last =
        newestFirst.stream()
            .limit(1)
            .map(Attempt::outcome)
            .filter(outcome -> !outcome.isSuccess())
            .findFirst();
    return new EndpointTrouble(
        isDisabled ? "Disabled" : "Failing",
        since == null ? DisplayTime.EMPTY : DisplayTime.of(since, now),
        last.map(LastAttempts::cause).orElse(""),
        last.map(OutcomeAdvice::of).orElse(""),
        isDisabled ? "" : retry(givenUp(webhooks, endpoint)));
  }

  /** Returns the minute in which it began, in UTC. */
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
    return MatchCount.of(query, found, MatchCount.MOST, webhooks.deliveries()::list);
  }

  private static String retry(MatchCount count) {
    return count.known() == 0
        ? ""
        : "Retry " + count.of("given-up delivery", "given-up deliveries") + "…";
  }
}
