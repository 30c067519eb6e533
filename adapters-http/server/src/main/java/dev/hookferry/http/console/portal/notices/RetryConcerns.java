package dev.hookferry.http.console.portal.notices;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.RetryCounts;
import dev.hookferry.http.console.portal.deliveries.RetryReview.Concern;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.portal.PortalReasons;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reasons why retried deliveries to an endpoint may fail again, wait or take long. */
public final class RetryConcerns {
  /** Maximum number of failing endpoints whose newest failure is looked up, with one query each. */
  private static final int MAX_CAUSES = 10;

  /** Minimum sending time, at an endpoint's rate, that is worth mentioning. */
  private static final Duration SLOW = Duration.ofMinutes(1);

  private RetryConcerns() {}

  /**
   * Returns the reasons, by endpoint. Blocks.
   *
   * @param found the deliveries to retry
   */
  public static Map<EndpointId, Concern> of(
      Webhooks webhooks,
      Collection<Endpoint> endpoints,
      RetryCounts found,
      Words words,
      Instant now) {
    Map<EndpointId, Concern> concerns = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      EndpointHealth health = webhooks.endpoints().health(endpoint);
      Optional<Instant> until = PortalReasons.restsUntil(health, now);
      if (endpoint.enabled() && until.isPresent()) {
        concerns.put(endpoint.id(), Concern.limited(until.get(), words, now));
      } else if (endpoint.enabled() && TranslatedReasons.isInTrouble(health)) {
        boolean isKnown = concerns.size() < MAX_CAUSES;
        Attempt last = isKnown ? NewestFailure.last(webhooks, endpoint).orElse(null) : null;
        String key = TranslatedReasons.isFailing(health) ? Concern.FAILING : "retry.limited";
        concerns.put(endpoint.id(), Concern.of(key, last, words, now));
      } else {
        String slow = slow(webhooks, endpoint, found.most(endpoint.id()), words);
        if (!slow.isEmpty()) {
          concerns.put(endpoint.id(), Concern.of(slow));
        }
      }
    }
    return concerns;
  }

  /** Returns how long requests take at an endpoint's rate; empty if that is less than a minute. */
  private static String slow(Webhooks webhooks, Endpoint endpoint, int requests, Words words) {
    Site site = webhooks.sites().get(endpoint.site());
    SendRate rate = DeliveryPolicy.rate(site, endpoint).value().orElse(null);
    if (rate == null) {
      return "";
    }
    Duration takes = rate.unit().length().multipliedBy(requests).dividedBy(rate.count());
    return takes.compareTo(SLOW) < 0
        ? ""
        : words.text("retry.slow", TranslatedReasons.rate(rate, words), words.length(takes));
  }
}
