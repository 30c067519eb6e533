package dev.hookferry.testing;

import dev.hookferry.Events;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Assertions about the outcome of an event. Each check applies to all deliveries of the event, and
 * fails if there are none; {@link #to} restricts the checks to one URL. A failed check throws an
 * {@link AssertionError} with the timeline of every delivery. Delivery states are those at the time
 * of {@link SimulatedHookferry#check}; attempts are read at the time of each call.
 */
public final class DeliveryCheck {
  private final SimulatedHookferry hooks;
  private final Events.Details details;
  private final List<Delivery> deliveries;

  DeliveryCheck(SimulatedHookferry hooks, Events.Details details) {
    this(hooks, details, details.deliveries());
  }

  private DeliveryCheck(
      SimulatedHookferry hooks, Events.Details details, List<Delivery> deliveries) {
    this.hooks = hooks;
    this.details = details;
    this.deliveries = deliveries;
  }

  /** Returns a check that covers only the deliveries to one URL. */
  public DeliveryCheck to(String url) {
    Objects.requireNonNull(url, "url");
    return new DeliveryCheck(
        hooks,
        details,
        deliveries.stream()
            .filter(delivery -> Timeline.target(hooks.webhooks(), delivery).equals(url))
            .toList());
  }

  /** Checks that the receiver accepted the event, by default with a 2xx status. */
  public DeliveryCheck isDelivered() {
    return is(DeliveryState.DELIVERED);
  }

  /** Checks that another attempt is pending. */
  public DeliveryCheck isPending() {
    return is(DeliveryState.PENDING);
  }

  /** Checks that the last retry has failed. */
  public DeliveryCheck isExhausted() {
    return is(DeliveryState.EXHAUSTED);
  }

  /** Checks the delivery state. */
  public DeliveryCheck is(DeliveryState state) {
    Objects.requireNonNull(state, "state");
    return each(Delivery::state, state, "the state " + state.code());
  }

  /** Checks the number of attempts so far. */
  public DeliveryCheck hasAttempts(int count) {
    return each(
        delivery -> Timeline.attempts(hooks.webhooks(), delivery).size(),
        count,
        count + " attempt(s)");
  }

  /** Checks that the delivery is pending and its next attempt is due at this time. */
  public DeliveryCheck isDueAt(Instant time) {
    Objects.requireNonNull(time, "time");
    return isPending().each(Delivery::dueAt, time, "the next attempt at " + time);
  }

  /** Returns the attempts so far, grouped by delivery, oldest first within each. */
  public List<Attempt> attempts() {
    return deliveries.stream()
        .flatMap(delivery -> Timeline.attempts(hooks.webhooks(), delivery).stream())
        .toList();
  }

  /**
   * Returns the timeline of each delivery as text: the times and outcomes of its attempts, and when
   * the next one is due.
   */
  public String timeline() {
    return Timeline.of(hooks.webhooks(), deliveries, hooks.now());
  }

  private <T> DeliveryCheck each(Function<Delivery, T> actual, T value, String words) {
    if (deliveries.isEmpty()) {
      throw new AssertionError(
          "expected "
              + words
              + ", but no endpoint got the "
              + details.event().type()
              + " "
              + details.event().id());
    }
    if (!deliveries.stream().allMatch(delivery -> actual.apply(delivery).equals(value))) {
      throw new AssertionError("expected " + words + ", but:\n" + timeline());
    }
    return this;
  }

  @Override
  public String toString() {
    return timeline();
  }
}
