package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The offer to resume an endpoint with many waiting deliveries at a limited release rate.
 *
 * @param waiting the number of waiting deliveries, as a sentence
 * @param rate the proposed release rate, in deliveries per second and node
 * @param takes the duration at that rate
 * @param limits the endpoint's own limits, which also apply
 */
public record ResumeOffer(String waiting, int rate, String takes, String limits) {
  /** With fewer deliveries, a release rate gains nothing. */
  static final int MANY = 100;

  private static final int GENTLE = 10;

  /** Returns the offer; null if the endpoint is not paused or disabled, or few wait. */
  static @Nullable ResumeOffer of(Webhooks webhooks, Endpoint endpoint, EndpointRow row) {
    Undelivered count = row.waiting().count();
    if (endpoint.enabled() || !row.hasBacklog()) {
      return null;
    }
    DeliveryPolicy policy = webhooks.endpoints().policy(endpoint.site(), endpoint.id());
    Duration length = Duration.ofSeconds((count.waiting() + GENTLE - 1) / GENTLE);
    return new ResumeOffer(
        row.waiting().waiting() + " deliveries are waiting.",
        GENTLE,
        (count.more() ? "more than " : "about ") + DisplayTime.length(length),
        EndpointFacts.limits(policy));
  }

  /**
   * Returns the release rate in a form; null to release all at once.
   *
   * @throws InvalidException if the rate is not a number or is out of range
   */
  static @Nullable Integer rate(FormValues form) {
    String text = form.text("perSecond");
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw InvalidException.of("perSecond", "must be a whole number, or empty");
    }
    return Integer.valueOf(text);
  }
}
