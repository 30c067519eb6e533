package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.figures.CustomerBacklog;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.Words;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.site.Site;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest failure of an endpoint.
 *
 * @param text its response; empty if the notice already contains it or nothing failed
 * @param body the first line of its body
 * @param advice what to do about the failure; empty if unknown
 * @param delivery the id of the delivery; empty if there is none
 */
public record NewestFailure(String text, String body, String advice, String delivery) {
  private static final int GONE = 410;
  private static final int TOO_MANY = 429;

  /** The value when nothing failed. */
  public static final NewestFailure NONE = new NewestFailure("", "", "", "");

  /** Returns the newest attempt of an endpoint if it failed, unless on the operator's side. */
  public static Optional<Attempt> attempt(Webhooks webhooks, Endpoint endpoint) {
    return last(webhooks, endpoint).filter(NewestFailure::isTheirs);
  }

  /** Returns whether the response to the newest attempt of an endpoint indicates a wrong URL. */
  public static boolean hasUrlProblem(Webhooks webhooks, Endpoint endpoint) {
    return attempt(webhooks, endpoint)
        .filter(one -> one.outcome().statusCode() > 0)
        .filter(TranslatedReasons::hasUrlProblem)
        .isPresent();
  }

  /** Returns whether an attempt failed, unless on the operator's side. */
  public static boolean isTheirs(Attempt attempt) {
    return !attempt.outcome().isSuccess() && !PortalReasons.isOurs(attempt.outcome().kind());
  }

  /** Returns the newest attempt of an endpoint, whatever its outcome. */
  public static Optional<Attempt> last(Webhooks webhooks, Endpoint endpoint) {
    AttemptQuery query = AttemptQuery.ofSite(endpoint.site()).endpoint(endpoint.id()).limit(1);
    return webhooks.deliveries().attempts(query).data().stream().findFirst();
  }

  /**
   * Returns whether the newest attempt of an endpoint arrived. For a failing endpoint, that attempt
   * was a test, which shows that the endpoint works again.
   */
  public static boolean hasArrived(Webhooks webhooks, Endpoint endpoint) {
    return last(webhooks, endpoint).filter(one -> one.outcome().isSuccess()).isPresent();
  }

  /**
   * Returns whether the newest attempt of a stopped endpoint arrived. If so, it was a test, and
   * resuming the endpoint helps.
   */
  public static boolean hasArrivedSinceStop(Webhooks webhooks, Endpoint endpoint) {
    Instant since = endpoint.status().since();
    return last(webhooks, endpoint)
        .filter(one -> one.outcome().isSuccess())
        .filter(one -> since == null || !one.startedAt().isBefore(since))
        .isPresent();
  }

  /**
   * Returns what to do about an attempt that failed.
   *
   * @param provider whom to ask to change the endpoint; empty if the visitor may change it
   */
  public static String advice(Attempt attempt, String provider, Words words) {
    boolean isAddress = attempt.outcome().kind() == OutcomeKind.BLOCKED_ADDRESS;
    if (provider.isEmpty() || !(isAddress || attempt.outcome().statusCode() == GONE)) {
      return TranslatedReasons.of(attempt, words);
    }
    return isAddress
        ? words.text("advice.ask-address", provider)
        : words.text("advice.ask-gone", words.text("advice.you"), provider);
  }

  /**
   * Returns a failure, without its status if the notice already shows it.
   *
   * @param provider whom to ask to change the endpoint; empty if the visitor may change it
   */
  public static NewestFailure of(
      Attempt attempt, TimedText told, TranslatedReasons reasons, String provider) {
    Words words = reasons.words();
    String body = TranslatedReasons.firstLine(attempt);
    String cause = words.text("notice.cause", reasons.cause(attempt));
    boolean isTold = (told.before() + told.after()).contains(cause);
    String text = words.text("response.last", isTold ? "" : reasons.response(attempt)).strip();
    return new NewestFailure(
        body.isEmpty() ? "" : text,
        body,
        advice(attempt, provider, words),
        attempt.delivery().toString());
  }

  /**
   * Returns why an endpoint is in its state. If its newest attempts failed, the text includes the
   * response and how long deliveries are retried; if its own rate slows it, that rate.
   */
  public static TimedText reason(
      Webhooks webhooks, Endpoint endpoint, CustomerBacklog backlog, TranslatedReasons reasons) {
    EndpointHealth health = webhooks.endpoints().health(endpoint);
    Site site = webhooks.sites().get(endpoint.site());
    boolean isOurs = PortalReasons.isOurs(endpoint, health);
    if (health.isRetrying() && !isOurs) {
      return reasons.retries(
          health.failures(),
          attempt(webhooks, endpoint).map(reasons::response).orElse(""),
          backlog.retriedUntil(endpoint.id(), DeliveryPolicy.retry(site, endpoint).value()));
    }
    Instant until = health.until();
    if (health.state() == State.RATE_LIMITED && until != null && !isOurs) {
      Attempt last = attempt(webhooks, endpoint).orElse(null);
      return last == null
          ? TimedText.of(reasons.of(endpoint, health))
          : pause(last, until, reasons);
    }
    SendRate rate = DeliveryPolicy.rate(site, endpoint).value().orElse(null);
    return rate != null && !isOurs && TranslatedReasons.isLimitedByRate(health)
        ? TimedText.of(
            reasons.words().text("reason.rate", TranslatedReasons.rate(rate, reasons.words())))
        : TimedText.of(reasons.of(endpoint, health));
  }

  /** Returns a text stating that a response has stopped sending until a time. */
  private static TimedText pause(Attempt attempt, Instant until, TranslatedReasons reasons) {
    Words words = reasons.words();
    boolean isTooMany = attempt.outcome().statusCode() == TOO_MANY;
    String cause = reasons.cause(attempt);
    String text = isTooMany ? words.text("reason.too-many", cause) : cause;
    return TimedText.headline(
        words.text("reason.limited-until", text, TimedText.TIME), reasons.clock(until));
  }
}
