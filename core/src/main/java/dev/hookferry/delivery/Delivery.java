package dev.hookferry.delivery;

import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one event to one endpoint. Immutable; each transition method returns a copy in
 * the next state.
 *
 * @param id unique id
 * @param site the site that it belongs to
 * @param event the event that it carries
 * @param type the event's type
 * @param endpoint the endpoint that it goes to
 * @param state the current state
 * @param attempts number of attempts that counted
 * @param createdAt when it was created: the time at which the event was accepted
 * @param dueAt when the next attempt is due; when it was blocked, if it is; meaningless once final
 * @param settledAt when it became final, or null while pending
 * @param orderingKey the ordering key in whose queue it is, or null if it is unordered; stores drop
 *     the key of a delivery that has ended
 */
public record Delivery(
    DeliveryId id,
    SiteId site,
    EventId event,
    EventType type,
    EndpointId endpoint,
    DeliveryState state,
    int attempts,
    Instant createdAt,
    Instant dueAt,
    @Nullable Instant settledAt,
    @Nullable String orderingKey) {

  public Delivery {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(dueAt, "dueAt");
    if (attempts < 0 || state.isFinal() != (settledAt != null)) {
      throw new IllegalArgumentException(
          id + ": " + attempts + " attempts, " + state + ", settled at " + settledAt);
    }
    if (orderingKey == null && (state == DeliveryState.WAITING || state == DeliveryState.BLOCKED)) {
      throw new IllegalArgumentException(id + ": " + state + " without an ordering key");
    }
  }

  /** Creates a new delivery, due when its event is: immediately, unless it is scheduled. */
  public static Delivery of(DeliveryId id, Event event, EndpointId endpoint) {
    Objects.requireNonNull(event, "event");
    Instant now = event.acceptedAt();
    return new Delivery(
        id,
        event.site(),
        event.id(),
        event.type(),
        endpoint,
        DeliveryState.PENDING,
        0,
        now,
        event.dueAt(),
        null,
        null);
  }

  /** Returns the delivery after an attempt that succeeded. */
  public Delivery delivered(Instant now) {
    Objects.requireNonNull(now, "now");
    return step(DeliveryStep.SUCCEED, attempts + 1, now);
  }

  /** Returns the delivery after a failed attempt, with a retry at the given time. */
  public Delivery retryAt(Instant when) {
    Objects.requireNonNull(when, "when");
    return step(DeliveryStep.FAIL, attempts + 1, when);
  }

  /** Returns the delivery after a failed attempt with no retries left. */
  public Delivery exhausted(Instant now) {
    Objects.requireNonNull(now, "now");
    return step(DeliveryStep.GIVE_UP, attempts + 1, now);
  }

  /** Returns the delivery rescheduled for the given time, without counting the attempt. */
  public Delivery postponed(Instant when) {
    Objects.requireNonNull(when, "when");
    return step(DeliveryStep.FAIL, attempts, when);
  }

  /** Returns the delivery after a cancellation. */
  public Delivery cancelled(Instant now) {
    Objects.requireNonNull(now, "now");
    return step(DeliveryStep.CANCEL, attempts, now);
  }

  /**
   * Returns the delivery poisoned after repeated failures inside Hookferry, such as process
   * crashes; its last attempt gives the reason.
   */
  public Delivery poisoned(Instant now) {
    Objects.requireNonNull(now, "now");
    return step(DeliveryStep.POISON, attempts + 1, now);
  }

  /** Returns the delivery pending and due immediately, whatever its state was. */
  public Delivery revived(Instant now) {
    Objects.requireNonNull(now, "now");
    return step(DeliveryStep.RETRY, attempts, now);
  }

  /** Returns the delivery in the queue of an ordering key, or in none if {@code key} is null. */
  public Delivery inOrder(@Nullable String key) {
    return new Delivery(
        id, site, event, type, endpoint, state, attempts, createdAt, dueAt, settledAt, key);
  }

  /** Returns the delivery waiting behind an earlier one with the same ordering key. */
  public Delivery waiting() {
    return step(DeliveryStep.WAIT, attempts, dueAt);
  }

  /** Returns the waiting delivery pending, as the first of its ordering key. */
  public Delivery promoted() {
    return step(DeliveryStep.RESUME, attempts, dueAt);
  }

  /**
   * Returns the delivery after a failed attempt with no retries left, blocking later deliveries
   * with its ordering key.
   */
  public Delivery blocked(Instant now) {
    Objects.requireNonNull(now, "now");
    return step(DeliveryStep.BLOCK, attempts + 1, now);
  }

  /** Returns the blocked delivery exhausted, so that the next one of its ordering key is sent. */
  public Delivery skipped(Instant now) {
    Objects.requireNonNull(now, "now");
    return step(DeliveryStep.SKIP, attempts, now);
  }

  /** Returns the delivery as users see it while its endpoint or site is paused. */
  public Delivery held() {
    return state == DeliveryState.PENDING ? step(DeliveryStep.PAUSE, attempts, dueAt) : this;
  }

  private Delivery step(DeliveryStep step, int attempts, Instant when) {
    DeliveryState next = state.on(step);
    Instant due = next.isFinal() ? dueAt : when;
    Instant settled = next.isFinal() ? when : null;
    return new Delivery(
        id, site, event, type, endpoint, next, attempts, createdAt, due, settled, orderingKey);
  }
}
