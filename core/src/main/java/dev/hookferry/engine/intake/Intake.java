package dev.hookferry.engine.intake;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.commit.CommitEntry.SkippedCounts;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.routing.FilterIndex;
import dev.hookferry.engine.routing.RoutingRule;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.site.Site;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Intake of new events: queues them at the admission gate, routes those that are admitted, and adds
 * them to a commit. {@link PublishReplies} continues once the commit has ended.
 */
public final class Intake {
  private final LoadLimits limits;
  private final IdSource ids;
  private final Effects effects;
  private final RoutingTable routes;
  private final GroupCommit commits;
  private final Lanes lanes;
  private final Dispatcher dispatcher;
  private final AdmissionGate gate;

  /** Creates an intake without events. */
  public Intake(
      LoadLimits limits,
      IdSource ids,
      Effects effects,
      RoutingTable routes,
      GroupCommit commits,
      Lanes lanes,
      Dispatcher dispatcher) {
    this.limits = limits;
    this.ids = ids;
    this.effects = effects;
    this.routes = routes;
    this.commits = commits;
    this.lanes = lanes;
    this.dispatcher = dispatcher;
    gate = new AdmissionGate(2 * limits.inFlight());
  }

  /** Queues new events for {@link #admit}, or refuses them immediately. */
  public void enqueue(AdmissionGate.Arrival arrival, Instant now) {
    RuntimeException refusal = refusal(arrival.site(), arrival.events().size(), now);
    if (refusal == null) {
      gate.add(arrival);
    } else {
      fail(arrival.reply(), refusal);
    }
  }

  /** Admits queued events, as far as delivery keeps pace. */
  public void admit(Instant now) {
    AdmissionGate.Arrival arrival;
    while ((arrival = gate.next(lanes, now)) != null) {
      route(arrival, now);
    }
  }

  /** Refuses all queued events. */
  public void refuseQueued(RuntimeException cause) {
    gate.clear().forEach(arrival -> fail(arrival.reply(), cause));
  }

  /** Returns the number of events that are not durable yet. */
  public int waitingEvents() {
    return gate.events() + commits.waitingEvents();
  }

  /** Returns when queued events are next admitted at the latest, or null if none are queued. */
  public @Nullable Instant wakeAt() {
    return gate.opensAt();
  }

  /** Adjusts timers after the clock was set back by this much. */
  public void clockSetBack(Duration by) {
    gate.clockSetBack(by);
  }

  /** Creates the deliveries of new events and adds both to the next commit. */
  private void route(AdmissionGate.Arrival arrival, Instant now) {
    Site site = routes.site(arrival.site());
    if (site == null) {
      fail(arrival.reply(), new NotFoundException("site", arrival.site()));
      return;
    }
    List<Event> events = arrival.events();
    List<Entry> entries = new ArrayList<>(events.size());
    List<SkippedCounts> skipped = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      List<Queued> deliveries = new ArrayList<>();
      int filtered = 0;
      int unroutable = 0;
      for (Endpoint endpoint : routes.matching(site, event)) {
        boolean matches = FilterIndex.matches(event, endpoint, arrival.verdict(i));
        switch (RoutingRule.ofCandidate(endpoint, event, matches)) {
          case FILTER -> filtered++;
          case NOT_ROUTABLE -> unroutable++;
          case DELIVERED, PAUSED, DISABLED -> deliveries.add(queue(event, endpoint, now));
          default -> {}
        }
      }
      entries.add(new Entry(event, deliveries));
      skipped.add(SkippedCounts.of(filtered, unroutable));
    }
    long config = Math.min(arrival.config(), routes.config().version());
    PublishEntry publication = new PublishEntry(entries, config);
    commits.add(new CommitEntry.Publish(publication, arrival.reply(), skipped));
  }

  /** Sends an event once to a single endpoint, bypassing its queue. */
  public void test(
      Event event, EndpointId endpoint, CompletableFuture<Attempt> reply, Instant now) {
    RuntimeException refusal = refusal(event.site(), 1, now);
    if (refusal == null && routes.endpoint(endpoint) == null) {
      refusal = new NotFoundException("endpoint", endpoint);
    }
    if (refusal != null) {
      fail(reply, refusal);
      return;
    }
    Delivery delivery = Delivery.of(new DeliveryId(ids.next(now)), event, endpoint);
    commits.add(
        new CommitEntry.Publish(
            PublishEntry.of(event, List.of(new Queued(delivery, true))),
            new CompletableFuture<>(),
            reply));
  }

  private Queued queue(Event event, Endpoint endpoint, Instant now) {
    Delivery delivery = endpoint.delivery(new DeliveryId(ids.next(now)), event);
    boolean owned = !event.isScheduled() && lanes.reserve(endpoint, event.size());
    return new Queued(delivery, owned);
  }

  private @Nullable RuntimeException refusal(SiteId id, int events, Instant now) {
    if (dispatcher.isDraining()) {
      return OverloadedException.soon("the server is stopping");
    }
    if (routes.site(id) == null) {
      return new NotFoundException("site", id);
    }
    if (commits.isDown(now)) {
      return OverloadedException.soon("the store does not respond");
    }
    if (commits.isFull(now)) {
      return OverloadedException.soon("the store has no room for new events");
    }
    boolean full =
        waitingEvents() + events > limits.openPublishes()
            || commits.waitingBytes() + gate.bytes() > limits.ownedBytes();
    return full ? OverloadedException.soon("too many events are waiting to be stored") : null;
  }

  private void fail(CompletableFuture<?> reply, RuntimeException refusal) {
    effects.reply(reply, () -> reply.completeExceptionally(refusal));
  }
}
