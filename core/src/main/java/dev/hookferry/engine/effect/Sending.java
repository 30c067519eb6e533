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
 * @param incarnation the node's incarnation when the attempt was started
 * @param id id of the attempt
 * @param delivery the delivery before the attempt
 * @param event the event to send
 * @param site the site as configured at the start
 * @param endpoint the endpoint as configured at the start
 * @param startedAt start of the attempt, which is also the signed timestamp
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

  /** Returns the failure if the event's routing values do not complete the URL; otherwise null. */
  public @Nullable Outcome routingFailure() {
    return endpoint
        .url()
        .problem(event.options().routing())
        .map(why -> Outcome.failed(OutcomeKind.NOT_ROUTABLE, "routing " + why, Duration.ZERO))
        .orElse(null);
  }

  /**
   * Returns the URL, with the event's routing values filled in.
   *
   * @throws dev.hookferry.refusal.InvalidException if the routing values do not complete it: see
   *     {@link #routingFailure}
   */
  public TargetUrl target() {
    return endpoint.url().expand(event.options().routing());
  }

  /** Returns the settings of the endpoint's custom body, or null if it gets the payload. */
  public @Nullable BodySettings ownBody() {
    return endpoint.body().settings();
  }

  /**
   * Builds the endpoint's custom body; null if it gets the payload. May call a mapper on this
   * thread, which may block.
   *
   * @throws dev.hookferry.body.BodyException if a template or mapper fails to build one
   */
  public @Nullable MappedBody buildBody(BodyMaker bodies) {
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

  /** Returns the log entry of the attempt with this outcome. */
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
        (routingFailure() == null ? target() : endpoint.url()).text(),
        outcome,
        endpoint.body().recorded().orElse(null));
  }
}
