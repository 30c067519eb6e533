package dev.hookferry.http.console.problems;

import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Undelivered;

/**
 * The offer to retry an endpoint's undelivered deliveries: those that were given up, or else those
 * that wait.
 *
 * @param words the label, with their number; empty if there are none
 * @param query the query of the page that counts the deliveries again
 */
public record RetryOffer(String words, String query) {
  private static final RetryOffer NONE = new RetryOffer("", "");

  /** Returns the offer for an endpoint; {@code waiting} are its unfinished deliveries. */
  public static RetryOffer of(EndpointId endpoint, Undelivered waiting, GivenUpCounts givenUp) {
    if (givenUp.byEndpoint().containsKey(endpoint)) {
      String range = givenUp.span().code();
      return new RetryOffer(
          givenUp(givenUp.text(endpoint), givenUp.span()),
          "?status=exhausted&status=poisoned&range=" + range + "&tests=no&endpoint=" + endpoint);
    }
    return ofWaiting(endpoint, waiting);
  }

  /** Returns the offer for unfinished deliveries. */
  public static RetryOffer ofWaiting(EndpointId endpoint, Undelivered waiting) {
    if (waiting.total() == 0) {
      return NONE;
    }
    String count = WaitingDeliveries.text(waiting.total(), waiting.more());
    return new RetryOffer(
        "Retry " + count + " waiting " + noun(count) + "…",
        "?status=pending&status=blocked&endpoint=" + endpoint);
  }

  /** Returns the label for given-up deliveries of a span; {@code count} is their number as text. */
  public static String givenUp(String count, ChartSpan span) {
    return "Retry " + count + " given-up " + noun(count) + " from the last " + span.length() + "…";
  }

  private static String noun(String count) {
    return count.equals("1") ? "delivery" : "deliveries";
  }
}
