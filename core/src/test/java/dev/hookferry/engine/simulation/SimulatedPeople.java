package dev.hookferry.engine.simulation;

import dev.hookferry.auditor.Readdressed;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.commit.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Users of the log: they retry, skip, cancel, replay, and send events to endpoints of their choice.
 * Who is told that something failed, or nothing for long, asks again, perhaps at another node.
 */
final class SimulatedPeople {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 4;
  private static final int MAX_REPLAYED = 10;
  private static final PageRequest ALL = PageRequest.of(PageRequest.MAX_LIMIT);

  final Set<DeliveryId> retried = new HashSet<>();
  final Set<DeliveryId> cancelled = new HashSet<>();

  /** Blocked deliveries that somebody gave up, and their sites. */
  final Map<DeliveryId, SiteId> skipped = new LinkedHashMap<>();

  /** Deliveries whose cancellation before their time was confirmed, and their sites. */
  final Map<DeliveryId, SiteId> confirmed = new LinkedHashMap<>();

  final List<Readdressed> readdressed = new ArrayList<>();
  private final Simulation world;
  private final Map<CompletableFuture<Command.Kind>, SimulatedNode> waiting = new HashMap<>();

  /** An event, and whom somebody wants it to be sent to. */
  private record Wish(Event event, List<EndpointId> endpoints) {}

  SimulatedPeople(Simulation world) {
    this.world = world;
  }

  /** Whether a node that lives owes somebody an answer. */
  boolean isWaiting() {
    return waiting.entrySet().stream()
        .anyMatch(entry -> !entry.getKey().isDone() && !entry.getValue().isDead());
  }

  void retry() {
    some()
        .ifPresent(
            delivery -> {
              if (!world.removed.contains(delivery.endpoint())) {
                retry(delivery);
              }
            });
  }

  /** Sends again the delivery that blocks some key. */
  void retryBlocked() {
    List<Delivery> blocked = blocked(world.someSite());
    if (!blocked.isEmpty()) {
      retry(blocked.get(world.random.nextInt(blocked.size())));
    }
  }

  /** Gives up the delivery that blocks some key. */
  void skipBlocked() {
    List<Delivery> blocked = blocked(world.someSite());
    if (!blocked.isEmpty()) {
      skip(blocked.get(world.random.nextInt(blocked.size())));
    }
  }

  /** Sees to it that every key goes on. */
  void unblock() {
    for (SiteId site : world.sites) {
      for (Delivery delivery : blocked(site)) {
        // Sending what ends processes costs many lives, and so much time.
        if (world.random.nextBoolean() || world.receivers.isLethal(delivery.endpoint())) {
          skip(delivery);
        } else {
          retry(delivery);
        }
      }
    }
  }

  private List<Delivery> blocked(SiteId site) {
    DeliveryQuery query = DeliveryQuery.ofSite(site).state(DeliveryState.BLOCKED).page(ALL);
    return world.store.log().deliveries(query).data();
  }

  private void skip(Delivery delivery) {
    skipped.put(delivery.id(), delivery.site());
    at(
        node ->
            node.ask(
                (e, answer, now) ->
                    e.skip(
                        new Command.Skip(delivery.site(), delivery.id(), now), () -> {}, answer)),
        kind -> {},
        () -> {});
  }

  /** Sends again some of what an endpoint got or did not get, oldest first. */
  void replay() {
    List<EndpointId> endpoints = new ArrayList<>(world.everKnown(world.someSite()));
    endpoints.removeAll(world.removed);
    if (endpoints.isEmpty()) {
      return;
    }
    EndpointId endpoint = endpoints.get(world.random.nextInt(endpoints.size()));
    List<Delivery> ended =
        new ArrayList<>(
            world
                .store
                .log()
                .deliveries(
                    DeliveryQuery.ofSite(world.everKnown.get(endpoint).site())
                        .endpoint(endpoint)
                        .page(PageRequest.of(MAX_REPLAYED)))
                .data());
    Collections.reverse(ended);
    ended.stream().filter(one -> one.state().isFinal()).forEach(this::retry);
  }

  void cancel() {
    some()
        .ifPresent(
            delivery -> {
              cancelled.add(delivery.id());
              at(
                  node ->
                      node.ask(
                          (e, answer, now) ->
                              e.cancel(delivery.site(), delivery.id(), () -> {}, answer, now)),
                  kind -> {},
                  () -> {});
            });
  }

  /** Stops a delivery before its time; once that is confirmed, it must not be sent any more. */
  void cancelScheduled() {
    Instant soon = world.storeTime().plusSeconds(20);
    DeliveryQuery pending =
        DeliveryQuery.ofSite(world.someSite()).state(DeliveryState.PENDING).page(ALL);
    List<Delivery> scheduled =
        world.store.log().deliveries(pending).data().stream()
            .filter(one -> one.attempts() == 0 && dueAt(one).isAfter(soon))
            .toList();
    if (scheduled.isEmpty()) {
      return;
    }
    Delivery chosen = scheduled.get(world.random.nextInt(scheduled.size()));
    cancelled.add(chosen.id());
    at(
        node ->
            node.ask(
                (e, answer, now) -> e.cancel(chosen.site(), chosen.id(), () -> {}, answer, now)),
        kind -> {
          if (kind == Command.Kind.DONE) {
            confirmed.put(chosen.id(), chosen.site());
          }
        },
        () -> {});
  }

  private Instant dueAt(Delivery delivery) {
    return world.store.log().event(delivery.site(), delivery.event()).orElseThrow().dueAt();
  }

  /** Sends an event to some endpoints, those that are no more too; now and then twice at once. */
  void readdress() {
    SiteId site = world.someSite();
    List<Event> events = world.store.log().events(EventQuery.ofSite(site).page(ALL)).data();
    List<EndpointId> endpoints = new ArrayList<>(world.everKnown(site));
    if (events.isEmpty() || endpoints.isEmpty()) {
      return;
    }
    Collections.shuffle(endpoints, world.random);
    int count = Math.min(endpoints.size(), 1 + world.random.nextInt(4));
    Event event = events.get(world.random.nextInt(events.size()));
    Wish wish = new Wish(event, List.copyOf(endpoints.subList(0, count)));
    for (int clicks = world.random.nextInt(3) == 0 ? 2 : 1; clicks > 0; clicks--) {
      readdress(wish, TRIES);
    }
  }

  private void readdress(Wish wish, int tries) {
    Map<EndpointId, Delivery> known = deliveries(wish.event());
    List<EndpointId> missing =
        wish.endpoints().stream().filter(endpoint -> !known.containsKey(endpoint)).toList();
    known.keySet().retainAll(wish.endpoints());
    known.values().forEach(this::retry);
    if (missing.isEmpty() || tries == 0) {
      return;
    }
    // Now and then all of them, as if the page were old: those that have it must be left out.
    List<EndpointId> asked = world.random.nextInt(4) == 0 ? wish.endpoints() : missing;
    missing.forEach(e -> readdressed.add(new Readdressed(wish.event().id(), e, null)));
    at(
        node -> node.ask((e, answer, now) -> e.deliver(wish.event(), asked, answer, now)),
        kind -> told(wish, asked, missing, kind),
        () -> readdress(wish, tries - 1));
  }

  private void told(
      Wish wish, List<EndpointId> asked, List<EndpointId> missing, Command.Kind kind) {
    EventId event = wish.event().id();
    Map<EndpointId, Delivery> now = deliveries(wish.event());
    if (kind != Command.Kind.DONE || !now.keySet().containsAll(asked)) {
      world.object(kind + " for " + event + " to " + asked + "; there is " + now);
      return;
    }
    missing.forEach(e -> readdressed.add(new Readdressed(event, e, now.get(e).id())));
  }

  private Map<EndpointId, Delivery> deliveries(Event event) {
    Map<EndpointId, Delivery> all = new HashMap<>();
    world
        .store
        .log()
        .deliveries(DeliveryQuery.ofSite(event.site()).event(event.id()).page(ALL))
        .data()
        .forEach(delivery -> all.put(delivery.endpoint(), delivery));
    return all;
  }

  private Optional<Delivery> some() {
    List<Delivery> some =
        world.store.log().deliveries(DeliveryQuery.ofSite(world.someSite())).data();
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(some.get(world.random.nextInt(some.size())));
  }

  private void retry(Delivery delivery) {
    retried.add(delivery.id());
    SiteId site = delivery.site();
    Event event = world.store.log().event(site, delivery.event()).orElseThrow();
    String key = world.order.key(delivery.endpoint(), event);
    at(
        node ->
            node.ask(
                (e, answer, now) ->
                    e.retry(new Command.Retry(site, delivery.id(), now, key), answer, now)),
        kind -> {},
        () -> {});
  }

  /** Asks some node that is up. */
  private void at(
      Function<SimulatedNode, CompletableFuture<Command.Kind>> question,
      Consumer<Command.Kind> then,
      Runnable again) {
    List<SimulatedNode> up = world.nodes.stream().filter(SimulatedNode::isUp).toList();
    if (up.isEmpty()) {
      return;
    }
    SimulatedNode node = up.get(world.random.nextInt(up.size()));
    CompletableFuture<Command.Kind> answer = question.apply(node);
    waiting.put(answer, node);
    boolean[] over = new boolean[1];
    Runnable once =
        () -> {
          if (!over[0]) {
            over[0] = true;
            again.run();
          }
        };
    var unused =
        answer.whenComplete(
            (kind, failure) -> {
              if (kind != null) {
                then.accept(kind);
              } else {
                world.agenda.after(Duration.ofSeconds(1), once);
              }
            });
    world.agenda.after(
        PATIENCE,
        () -> {
          if (!answer.isDone()) {
            once.run();
          }
        });
  }
}
