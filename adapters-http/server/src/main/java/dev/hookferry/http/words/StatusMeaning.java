package dev.hookferry.http.words;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.observe.EndpointHealth;

/** One-sentence explanations of the states that pages show. */
public final class StatusMeaning {
  /** An endpoint with blocked ordering keys. */
  public static final String HAS_BLOCKED_KEYS =
      "A delivery has no retries left and blocks later ones with the same ordering key until you"
          + " retry or skip it.";

  /** A test that failed. */
  public static final String TEST_FAILED = "A test was not accepted. Tests are not retried.";

  /** An endpoint with one to nine consecutive failures. */
  public static final String RETRYING =
      "Fewer than ten failures in a row so far; failed deliveries are retried.";

  /** An endpoint to which nothing was sent recently. */
  public static final String NO_TRAFFIC =
      "Nothing was sent to it in the last 30 days, so its state is unknown.";

  /** An endpoint that did not receive the event. */
  public static final String NOT_SENT = "This endpoint did not get the event.";

  private StatusMeaning() {}

  /** Returns the meaning of a delivery's state. */
  public static String of(DeliveryState state) {
    return switch (state) {
      case PENDING -> "It is being sent, or is tried at its due time.";
      case HELD -> "It is sent once its endpoint, or the site, is resumed.";
      case WAITING -> "It waits for an earlier delivery with the same ordering key.";
      case BLOCKED ->
          "No retries are left, and later deliveries with its ordering key wait until you retry or"
              + " skip it.";
      case DELIVERED -> "The receiver accepted it.";
      case EXHAUSTED -> "Its last retry failed, so it is not sent again unless you retry it.";
      case CANCELLED -> "A user cancelled it, or its endpoint was removed.";
      case POISONED -> "Sending it crashed the server twice, so it is sent only if you retry it.";
    };
  }

  /** Returns the meaning of an endpoint's state. */
  public static String of(EndpointHealth.State state) {
    return switch (state) {
      case WORKING -> "Deliveries are sent at once, and the last attempt succeeded.";
      case BACKING_OFF, FAILING ->
          "Ten or more attempts in a row failed, or fail before they reach the receiver. It may"
              + " get one request at a time.";
      case RATE_LIMITED ->
          "Sending is slowed: the receiver asked for a pause, or its rate limit is reached.";
      case PAUSED ->
          "A person paused it, or sending is off for the site; its deliveries are on hold.";
      case DISABLED ->
          "Hookferry stopped sending to it; its deliveries are on hold until you resume it.";
    };
  }
}
