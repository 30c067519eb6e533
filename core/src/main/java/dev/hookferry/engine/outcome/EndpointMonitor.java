package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.dispatch.LaneMode;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Applies the outcomes of attempts to the health of their endpoint: back-off, probes, disabling.
 */
public final class EndpointMonitor {
  private final RandomGenerator chance;
  private final Effects effects;
  private final RoutingTable routes;
  private final Lanes lanes;
  private final Dispatcher dispatcher;
  private final Map<EndpointId, HealthTracker> trackers = new HashMap<>();
  private final Map<EndpointId, EndpointHealth> unhealthy = new ConcurrentHashMap<>();

  /** Health events by the delivery whose attempt caused them, until its result is recorded. */
  private final Map<DeliveryId, EndpointHealthEvent> pendingEvents = new LinkedHashMap<>();

  /** Creates a monitor that considers all endpoints healthy. */
  public EndpointMonitor(
      RandomGenerator chance,
      Effects effects,
      RoutingTable routes,
      Lanes lanes,
      Dispatcher dispatcher) {
    this.chance = chance;
    this.effects = effects;
    this.routes = routes;
    this.lanes = lanes;
    this.dispatcher = dispatcher;
  }

  /** Returns a live view of the health of unhealthy endpoints; any thread may read it. */
  public Map<EndpointId, EndpointHealth> unhealthy() {
    return Collections.unmodifiableMap(unhealthy);
  }

  /** Handles the end of an attempt, after its slot in the lane was freed. */
  public void ended(Sending sent, Outcome outcome, Instant now) {
    EndpointId id = sent.endpoint().id();
    Endpoint endpoint = routes.endpoint(id);
    HealthTracker known = trackers.get(id);
    boolean pristine = known == null || known.isPristine();
    if (endpoint == null || !lanes.isKnown(id) || (outcome.isSuccess() && pristine)) {
      return;
    }
    if (!affectsHealth(sent, outcome, endpoint)) {
      return;
    }
    HealthTracker health = trackers.computeIfAbsent(id, anew -> new HealthTracker());
    EventType failingSince = health.failingSince();
    LaneMode before = health.mode();
    EndpointHealthEvent.Kind kind =
        recordResponse(health, sent, outcome, inputs(sent.site(), endpoint, now));
    if (before == LaneMode.PROBING && health.mode() != LaneMode.PROBING) {
      lanes.restart(id);
    }
    if (health.mode().compareTo(before) < 0) {
      dispatcher.claimAt(now);
    }
    settle(endpoint, now);
    updateUnhealthy(id, health, now);
    if (kind != null && isStillNews(kind, endpoint)) {
      EventType cause = failingSince == null ? sent.event().type() : failingSince;
      report(
          sent,
          new EndpointHealthEvent(
              kind,
              endpoint.site(),
              id,
              cause,
              reason(kind, health, outcome),
              health.failures(),
              now));
    }
  }

  /**
   * Returns whether an outcome affects the health of an endpoint. A response from a former URL does
   * not; nor does an event that was not sent because it lacked values for the URL, or because its
   * body could not be built.
   */
  private static boolean affectsHealth(Sending sent, Outcome outcome, Endpoint endpoint) {
    return endpoint.url().equals(sent.endpoint().url())
        && outcome.kind() != OutcomeKind.NOT_ROUTABLE
        && outcome.kind() != OutcomeKind.BODY_FAILED
        && !isFailedTest(sent, outcome);
  }

  /**
   * Returns whether a failed test should be ignored for health: users often test an endpoint while
   * it is failing. A receiver that is gone does count, and so does a failure before the request
   * reaches the receiver, which affects all deliveries.
   */
  private static boolean isFailedTest(Sending sent, Outcome outcome) {
    return sent.event().type().equals(EventType.TEST)
        && outcome.kind().countsAsAttempt()
        && !outcome.kind().failedBeforeReceiver()
        && !outcome.isSuccess()
        && outcome.statusCode() != HealthTracker.GONE;
  }

  /** Returns whether a change is news, unlike a late 410 of an endpoint already disabled. */
  private static boolean isStillNews(EndpointHealthEvent.Kind kind, Endpoint endpoint) {
    return kind != EndpointHealthEvent.Kind.GONE || endpoint.enabled();
  }

  private void report(Sending sent, EndpointHealthEvent change) {
    if (change.kind() == EndpointHealthEvent.Kind.GONE) {
      // The report disables the endpoint, so a delivery not yet recorded would look held.
      pendingEvents.put(sent.delivery().id(), change);
    } else {
      var unused = report(change);
    }
  }

  /** Reports receivers that responded with 410, once those responses are recorded. */
  public void reportRecorded() {
    if (!pendingEvents.isEmpty()) {
      pendingEvents
          .entrySet()
          .removeIf(entry -> !isBeingRecorded(entry.getKey()) && report(entry.getValue()));
    }
  }

  private boolean isBeingRecorded(DeliveryId delivery) {
    OwnedDelivery owned = lanes.find(delivery);
    return owned != null && owned.phase == OwnedDelivery.Phase.RECORDING;
  }

  private boolean report(EndpointHealthEvent change) {
    effects.notifyListener(listener -> listener.endpointChanged(change));
    return true;
  }

  /** Applies the configuration and the health of an endpoint to its lane. */
  public void settle(Endpoint endpoint, Instant now) {
    HealthTracker health = trackers.get(endpoint.id());
    var unsent =
        health == null
            ? lanes.applyHealth(endpoint, LaneMode.FULL, false, Instant.MIN, now)
            : lanes.applyHealth(
                endpoint, health.mode(), health.isGone(), health.backsOffUntil(), now);
    unsent.forEach(dispatcher::handBack);
  }

  /** Resets the health of an endpoint that was resumed, changed or removed. */
  public void forget(EndpointId endpoint) {
    trackers.remove(endpoint);
    unhealthy.remove(endpoint);
    pendingEvents.values().removeIf(news -> news.endpoint().equals(endpoint));
  }

  /** Adjusts timers after the clock was set back by this much. */
  public void clockSetBack(Duration by, Instant now) {
    trackers.values().forEach(health -> health.clockSetBack(by));
    trackers.forEach(
        (id, health) -> unhealthy.computeIfPresent(id, (same, h) -> health.health(now)));
  }

  /** Updates the health; an exception must not make the node lose track of what it owns. */
  private EndpointHealthEvent.@Nullable Kind recordResponse(
      HealthTracker health, Sending sent, Outcome outcome, HealthTracker.PauseInputs inputs) {
    try {
      return health.ended(sent, outcome, inputs);
    } catch (RuntimeException | Error e) {
      String what = "response not evaluated endpoint=" + sent.endpoint().id();
      effects.notifyListener(l -> l.fault(what, e));
      return null;
    }
  }

  private HealthTracker.PauseInputs inputs(Site site, Endpoint endpoint, Instant now) {
    RetrySettings retry = DeliveryPolicy.retry(site, endpoint).value();
    return new HealthTracker.PauseInputs(retry.interval(), now, chance);
  }

  private void updateUnhealthy(EndpointId endpoint, HealthTracker health, Instant now) {
    EndpointHealth current = health.health(now);
    if (current.equals(EndpointHealth.WORKING)) {
      unhealthy.remove(endpoint);
    } else {
      unhealthy.put(endpoint, current);
    }
  }

  private static String reason(
      EndpointHealthEvent.Kind kind, HealthTracker health, Outcome outcome) {
    return switch (kind) {
      case FAILING ->
          health.failures() + " consecutive attempts failed, the last one: " + outcome.detail();
      case GONE -> "the receiver responded with 410 Gone";
      case DISABLING ->
          throw new IllegalArgumentException("DISABLING is not the effect of an attempt");
      case RECOVERED -> "the receiver responded with " + outcome.statusCode();
    };
  }
}
