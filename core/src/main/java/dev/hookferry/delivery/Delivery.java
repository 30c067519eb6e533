package dev.hookferry.delivery;

import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint. Changes through its verbs only, each of which gives the
 * next value.
 *
 * @param id its identity
 * @param site whose
 * @param event the event that it carries
 * @param type the event's type
 * @param endpoint where it goes
 * @param state where it stands in its life
 * @param attempts how many attempts were made
 * @param createdAt when it came to be; the event's time of acceptance
 * @param dueAt when its next attempt is due; of no meaning once final
 * @param settledAt when it became final, or null
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
    @Nullable Instant settledAt) {

  public Delivery {
    if (attempts < 0 || state.isFinal() != (settledAt != null)) {
      throw new IllegalArgumentException(
          id + ": " + attempts + " attempts, " + state + ", settled at " + settledAt);
    }
  }

  /** A new delivery, due at once. */
  public static Delivery of(DeliveryId id, Event event, EndpointId endpoint) {
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
        now,
        null);
  }

  /** After an attempt that was answered with a 2xx. */
  public Delivery delivered(Instant now) {
    return step(DeliveryStep.SUCCEED, attempts + 1, now);
  }

  /** After a failed attempt, to be tried again at the given time. */
  public Delivery retryAt(Instant when) {
    return step(DeliveryStep.FAIL, attempts + 1, when);
  }

  /** After a failed attempt, when no retry is left. */
  public Delivery exhausted(Instant now) {
    return step(DeliveryStep.GIVE_UP, attempts + 1, now);
  }

  /** To be sent again at the given time, because this attempt did not count. */
  public Delivery postponed(Instant when) {
    return step(DeliveryStep.FAIL, attempts, when);
  }

  /** Stopped. */
  public Delivery cancelled(Instant now) {
    return step(DeliveryStep.CANCEL, attempts, now);
  }

  /** Parked for failures of ours, such as ending what sends it; the last attempt says why. */
  public Delivery poisoned(Instant now) {
    return step(DeliveryStep.POISON, attempts + 1, now);
  }

  /** Due at once, whatever it was. */
  public Delivery revived(Instant now) {
    return step(DeliveryStep.RETRY, attempts, now);
  }

  /** As it is seen while its endpoint or site is paused. */
  public Delivery held() {
    return state == DeliveryState.PENDING ? step(DeliveryStep.PAUSE, attempts, dueAt) : this;
  }

  private Delivery step(DeliveryStep step, int made, Instant when) {
    DeliveryState next = state.on(step);
    Instant due = next.isFinal() ? dueAt : when;
    Instant settled = next.isFinal() ? when : null;
    return new Delivery(id, site, event, type, endpoint, next, made, createdAt, due, settled);
  }
}
