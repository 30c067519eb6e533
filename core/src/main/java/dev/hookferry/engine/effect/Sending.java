package dev.hookferry.engine.effect;

import dev.hookferry.body.BodyMaker;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.MappedBody;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.id.AttemptId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is about to be made.
 *
 * @param incarnation of the node when the attempt was started
 * @param id of the attempt
 * @param delivery before the attempt
 * @param event the event to send
 * @param site as configured now
 * @param endpoint as configured now
 * @param startedAt the signed timestamp
 * @param trial the suspicion to record before the delivery is sent, or null
 */
public record Sending(
    long incarnation,
    AttemptId id,
    Delivery delivery,
    Event event,
    Site site,
    Endpoint endpoint,
    Instant startedAt,
    @Nullable CrashSuspicion trial) {
  /** Creates an attempt of a delivery that is not on trial. */
  public Sending(
      long incarnation,
      AttemptId id,
      Delivery delivery,
      Event event,
      Site site,
      Endpoint endpoint,
      Instant startedAt) {
    this(incarnation, id, delivery, event, site, endpoint, startedAt, null);
  }

  /** Returns the failure if the event's routing values do not complete the URL; else null. */
  public @Nullable Outcome nowhere() {
    return endpoint
        .url()
        .problem(event.options().routing())
        .map(why -> Outcome.failed(OutcomeKind.NOT_ROUTABLE, "routing " + why, Duration.ZERO))
        .orElse(null);
  }

  /**
   * Returns where the request goes.
   *
   * @throws dev.hookferry.refusal.InvalidException if it goes {@link #nowhere}
   */
  public TargetUrl target() {
    return endpoint.url().expand(event.options().routing());
  }

  /** Returns the body that the endpoint has instead of the payload, or null if it has none. */
  public @Nullable BodySettings ownBody() {
    return endpoint.body().settings();
  }

  /**
   * Builds the body that the endpoint gets instead of the payload; null if it has none. Calls a
   * mapper on this thread, which may block.
   *
   * @throws dev.hookferry.body.BodyException if a template or mapper fails to build one
   */
  public @Nullable MappedBody made(BodyMaker bodies) {
    BodySettings own = ownBody();
    return own == null ? null : bodies.make(own, event, site.settings().envelope());
  }

  public int number() {
    return delivery.attempts() + 1;
  }

  /** Returns the time limit of the attempt. */
  public Duration timeout(ServerPolicy defaults) {
    return DeliveryPolicy.timeout(site, endpoint, defaults).value();
  }

  /** Creates the log entry. */
  public Attempt ended(Outcome outcome) {
    return new Attempt(
        id,
        delivery.id(),
        delivery.site(),
        endpoint.id(),
        delivery.event(),
        delivery.type(),
        number(),
        startedAt,
        (nowhere() == null ? target() : endpoint.url()).text(),
        outcome,
        endpoint.body().recorded().orElse(null));
  }
}
