package dev.hookferry.engine.simulation;

import dev.hookferry.auditor.Acknowledged;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.intake.AdmissionGate;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.filter.FilterVerdict;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Clients that publish, wait for the reply, and retry with the same id if there is none. */
final class SimulatedProducers {
  static final List<EventType> TYPES = EventCatalog.QLM_EVENTS;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 4;
  private static final int CROWD = 80;

  private final Simulation world;
  private int budget;
  private final Map<EventId, Event> offered = new LinkedHashMap<>();
  private final Map<EventId, Acknowledged> acknowledged = new LinkedHashMap<>();
  private final Map<CompletableFuture<List<Receipt>>, SimulatedNode> waiting = new HashMap<>();

  SimulatedProducers(Simulation world) {
    this.world = world;
  }

  List<EventId> offered() {
    return List.copyOf(offered.keySet());
  }

  Event offered(EventId id) {
    return offered.get(id);
  }

  List<Acknowledged> acknowledged() {
    return List.copyOf(acknowledged.values());
  }

  /** Whether a node that lives owes somebody an answer. */
  boolean isWaiting() {
    return waiting.entrySet().stream()
        .anyMatch(entry -> !entry.getKey().isDone() && !entry.getValue().isDead());
  }

  void start(Instant end) {
    int often = 200 + world.random.nextInt(4_000);
    budget = 50 + world.random.nextInt(500);
    world.agenda.after(Duration.ofMillis(world.random.nextInt(often)), () -> publish(end, often));
  }

  private void publish(Instant end, int often) {
    if (world.agenda.now().isBefore(end) && offered.size() < budget) {
      // Now and then many at once, so that lanes overflow.
      for (int i = world.random.nextInt(20) == 0 ? 40 : 1; i > 0; i--) {
        SiteId site = world.someSite();
        List<Event> events = new ArrayList<>();
        for (int j = world.random.nextInt(8) == 0 ? 3 : 1; j > 0; j--) {
          Event event = event(site, world.samples.oneOf(TYPES));
          EventOptions options = world.routing.options(world.everKnown(site), world.storeTime());
          offered.put(event.id(), event.with(options));
          events.add(event.with(options));
        }
        offer(events);
      }
      world.agenda.after(Duration.ofMillis(world.random.nextInt(often)), () -> publish(end, often));
    }
  }

  /** A new event. */
  Event event(SiteId site, EventType type) {
    Event sample = world.samples.event(site, type);
    String text = "{\"n\":" + offered.size() + ",\"x\":\"" + "y".repeat(world.random.nextInt(300));
    Payload payload = Payload.of(text + "\"}");
    Instant now = world.agenda.now();
    Fingerprint print = Fingerprint.of(sample.type(), null, payload);
    Event event =
        new Event(
            sample.id(),
            sample.site(),
            sample.type(),
            now,
            now,
            payload,
            new Idempotence(null, print));
    offered.put(event.id(), event);
    return event;
  }

  /** Publishes so many events for one endpoint, through all nodes, that its rate is too low. */
  void crowd(Endpoint endpoint) {
    EventOptions options =
        new EventOptions(
            endpoint.labels(), List.of(endpoint.id()), null, null, Map.of(), null, false);
    for (int i = 0; i < CROWD; i++) {
      Event event = event(endpoint.site(), TYPES.get(0)).with(options);
      offered.put(event.id(), event);
      offer(List.of(event));
    }
  }

  /** Publishes events, until somebody takes them or patience is over. */
  void offer(List<Event> events) {
    offer(events, TRIES);
  }

  private void offer(List<Event> events, int tries) {
    List<SimulatedNode> up = world.nodes.stream().filter(SimulatedNode::isUp).toList();
    if (tries == 0 || up.isEmpty()) {
      return;
    }
    SimulatedNode node = up.get(world.random.nextInt(up.size()));
    List<Event> accepted = events.stream().map(e -> at(e, node.now())).toList();
    CompletableFuture<List<Receipt>> answer = publish(node, accepted);
    boolean[] again = new boolean[1];
    Runnable retry =
        () -> {
          if (!again[0]) {
            again[0] = true;
            offer(events, tries - 1);
          }
        };
    var unused =
        answer.whenComplete(
            (receipts, failure) -> {
              if (receipts == null) {
                world.agenda.after(Duration.ofSeconds(1), retry);
              }
            });
    world.agenda.after(
        PATIENCE,
        () -> {
          if (!answer.isDone()) {
            retry.run();
          }
        });
  }

  /** A new event that every store can keep. */
  Event storable(SiteId site, EventType type) {
    Event event = event(site, type);
    return Weather.isUnfit(event) ? storable(site, type) : event;
  }

  /** Publishes events through a node, once. */
  CompletableFuture<List<Receipt>> publish(SimulatedNode node, List<Event> events) {
    List<@Nullable FilterVerdict> verdicts =
        world.routing.verdicts(world.store.config().load(), events);
    SiteId site = events.get(0).site();
    long config = PublishEntry.ANY_CONFIG;
    CompletableFuture<List<Receipt>> answer =
        node.ask(
            (engine, future, now) ->
                engine.publish(
                    new AdmissionGate.Arrival(site, events, config, verdicts, future, now), now));
    waiting.put(answer, node);
    var unused = answer.thenAccept(receipts -> receipts.forEach(this::note));
    return answer;
  }

  /** The event as a node accepts it. */
  static Event at(Event event, Instant now) {
    return new Event(
        event.id(),
        event.site(),
        event.type(),
        event.occurredAt(),
        now,
        event.payload(),
        event.idempotence(),
        event.options());
  }

  private void note(Receipt receipt) {
    Event event = offered.get(receipt.id());
    if (event == null) {
      world.object("a receipt for " + receipt.id() + ", which nobody published");
      return;
    }
    acknowledged.putIfAbsent(
        event.id(),
        new Acknowledged(
            event.id(),
            receipt.deliveries(),
            event.payload(),
            event.occurredAt(),
            world.agenda.now()));
  }
}
