package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.id.EventType;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.retry.RetryPolicy;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides the next state of a delivery after an attempt. */
public final class RetryDecision {
  private RetryDecision() {}

  /**
   * Returns the delivery after an attempt. Uses the current configuration, so that changed retry
   * settings apply from the next attempt on.
   *
   * @param site null if it was removed
   * @param endpoint null if it was removed
   */
  public static Delivery after(
      Sending sent,
      Outcome outcome,
      @Nullable Site site,
      @Nullable Endpoint endpoint,
      Context context) {
    Delivery delivery = sent.delivery();
    Instant now = context.now();
    if (outcome.isSuccess()) {
      return delivery.delivered(now);
    }
    if (site == null || endpoint == null) {
      return (outcome.kind().countsAsAttempt() ? delivery.retryAt(now) : delivery).cancelled(now);
    }
    if (!outcome.kind().countsAsAttempt()) {
      Delivery after = context.internalErrors().after(delivery, outcome.kind(), now);
      return after.state().isFinal() ? endpoint.order().givenUp(delivery, after, now) : after;
    }
    Optional<Duration> wait =
        policy(delivery.type(), site, endpoint)
            .delayAfter(sent.number(), outcome, context.random());
    Duration requested = HealthTracker.requestedPause(outcome, now).orElse(Duration.ZERO);
    return wait.map(w -> w.compareTo(requested) < 0 ? requested : w)
        .map(w -> delivery.retryAt(now.plus(w)))
        .orElseGet(() -> endpoint.order().givenUp(delivery, delivery.exhausted(now), now));
  }

  private static RetryPolicy policy(EventType type, Site site, Endpoint endpoint) {
    if (type.equals(EventType.TEST)) {
      return RetryPolicy.never();
    }
    return DeliveryPolicy.retry(site, endpoint).value().policy();
  }

  /** Time, randomness and internal failure counts for a decision. */
  public record Context(Instant now, RandomGenerator random, InternalErrorBackoff internalErrors) {}
}
