package dev.hookferry.engine.simulation;

import dev.hookferry.auditor.Acknowledged;
import dev.hookferry.auditor.Audit;
import dev.hookferry.auditor.AuditEvidence;
import dev.hookferry.auditor.Auditor;
import dev.hookferry.auditor.Disturbance;
import dev.hookferry.auditor.RateCheck;
import dev.hookferry.auditor.Rules;
import dev.hookferry.auditor.StoreTimes;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Audits a finished simulation. */
final class SimulationAudit {
  private final Simulation world;

  SimulationAudit(Simulation world) {
    this.world = world;
  }

  /** Judges, and throws unless all is well. */
  Audit orThrow(String run) {
    Audit audit = audit();
    missing();
    confirmedStaysCancelled();
    nobodyIsBlamedWithoutReason();
    atRest();
    List<String> all = new ArrayList<>(world.objections);
    all.addAll(audit.objections());
    return new Audit(
            audit.acknowledged(),
            audit.lost(),
            audit.deliveries(),
            audit.arrived(),
            audit.duplicates(),
            all)
        .orThrow(run);
  }

  private void nobodyIsBlamedWithoutReason() {
    for (SiteId site : world.sites) {
      DeliveryQuery poisoned = DeliveryQuery.ofSite(site).state(DeliveryState.POISONED);
      world.store.log().deliveries(poisoned).data().forEach(this::isGuilty);
    }
    world.people.skipped.forEach(
        (id, site) -> {
          AttemptQuery query = AttemptQuery.ofSite(site).delivery(id);
          List<Attempt> newestFirst = world.store.log().attempts(query).data();
          if (!newestFirst.isEmpty() && !newestFirst.get(0).outcome().kind().countsAsAttempt()) {
            isGuilty(world.store.log().delivery(site, id).orElseThrow());
          }
        });
  }

  private void isGuilty(Delivery delivery) {
    Event event = world.store.log().event(delivery.site(), delivery.event()).orElseThrow();
    if (!world.receivers.isGuilty(delivery.endpoint(), event)) {
      world.object("an innocent was parked: " + delivery);
    }
  }

  /** Nothing may be left over in memory, and nobody may wait for an answer. */
  private void atRest() {
    for (SimulatedNode node : world.nodes) {
      if (!node.isDead() && (node.load().owned() != 0 || node.load().inFlight() != 0)) {
        world.object(node.name + " holds " + node.load());
      }
    }
    if (world.isSomebodyWaiting()) {
      world.object("somebody waits for an answer forever");
    }
  }

  private Audit audit() {
    Rules rules =
        new Rules(
            world.limits.window(),
            attempt -> Simulation.RETRY.interval(),
            delivery -> Simulation.RETRY.maxRetries() + 1,
            Duration.ofMillis(600),
            siteOf().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, entry -> Simulation.secret(entry.getValue()))),
            new Rules.ByHand(
                world.people.retried,
                world.people.skipped.keySet(),
                delivery ->
                    world.people.cancelled.contains(delivery.id())
                        || world.removed.contains(delivery.endpoint())),
            (event, id) ->
                world.everKnown.containsKey(id)
                    && world.routing.wants(world.everKnown.get(id), event),
            siteOf(),
            world.routing.orders,
            true,
            new StoreTimes(world.settings));
    AuditEvidence outside =
        AuditEvidence.of(
            world.producers.offered(),
            world.producers.acknowledged(),
            world.receivers.arrived,
            world.disturbances);
    if (!world.jumpy) {
      rates();
    }
    return new Auditor(rules)
        .judge(outside.with(world.people.readdressed).with(world.store.log(), world.sites));
  }

  /** A clock that is set hands out tokens for time that did not pass. */
  private void rates() {
    List<Disturbance> ofNodes =
        world.disturbances.stream().filter(one -> !one.what().equals(Simulation.UNKEPT)).toList();
    new RateCheck(
            world.routing.rates, world.people.retried, world.begun.plus(Simulation.OWNER_TIMEOUT))
        .judge(world.receivers.arrived, ofNodes)
        .forEach(world::object);
  }

  private Map<EndpointId, SiteId> siteOf() {
    return world.everKnown.values().stream()
        .collect(Collectors.toMap(Endpoint::id, Endpoint::site));
  }

  /** Whoever wanted an event and was there has a delivery of it. */
  private void missing() {
    for (Acknowledged told : world.producers.acknowledged()) {
      Event event = world.producers.offered(told.event());
      DeliveryQuery query =
          DeliveryQuery.ofSite(event.site())
              .event(event.id())
              .page(PageRequest.of(PageRequest.MAX_LIMIT));
      List<Delivery> deliveries = world.store.log().deliveries(query).data();
      for (EndpointId id : world.everKnown(event.site())) {
        if (world.routing.isMissing(world.everKnown.get(id), event, deliveries, world.removed)) {
          world.object(event + " has no delivery to " + id + ", which wanted it");
        }
      }
    }
  }

  private void confirmedStaysCancelled() {
    world.people.confirmed.forEach(
        (id, site) -> {
          Delivery delivery = world.store.log().delivery(site, id).orElseThrow();
          if (delivery.state() != DeliveryState.CANCELLED && !world.people.retried.contains(id)) {
            world.object("cancelled before its time, and yet " + delivery);
          }
        });
  }
}
