package dev.hookferry.engine.simulation;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Injected failures, and users who change the configuration in the meantime. */
final class Chaos {
  private static final int MAX_NODES = 4;

  private final Simulation world;
  private final Random random;

  /** Possible disturbances. */
  private enum Event {
    KILL,
    STOP,
    PAUSE,
    CUT_OFF,
    STORE_DOWN,
    STORE_FLAKY,
    STORE_DOUBTFUL,
    STORE_SLOW,
    RECEIVER,
    RECEIVER_TOO,
    CLOCK,
    STORE_CLOCK,
    ENDPOINT_RESTS,
    ENDPOINT_GOES,
    ENDPOINT_COMES,
    SITE_RESTS,
    RETRY,
    RETRY_BLOCKED,
    SKIP_BLOCKED,
    REPLAY,
    CANCEL,
    CANCEL_SCHEDULED,
    READDRESS,
    READDRESS_TOO
  }

  Chaos(Simulation world) {
    this.world = world;
    random = world.random;
  }

  void start(Instant end) {
    int often = 1_000 + random.nextInt(20_000);
    next(end, often);
  }

  /** Whoever was stopped goes on. */
  void calm() {
    world.nodes.forEach(
        node -> {
          node.cutOff = false;
          node.resume();
        });
  }

  private void next(Instant end, int often) {
    world.agenda.after(
        Duration.ofMillis(random.nextInt(often)),
        () -> {
          if (world.agenda.now().isBefore(end)) {
            happen(Event.values()[random.nextInt(Event.values().length)]);
            next(end, often);
          }
        });
  }

  private void happen(Event event) {
    switch (event) {
      case KILL, STOP, PAUSE, CUT_OFF, CLOCK -> strike(event);
      case STORE_CLOCK -> {
        if (world.jumpy) {
          world.storeJumps();
        }
      }
      case STORE_DOWN -> {
        world.weather.down = true;
        storm("the store is down", 30_000);
      }
      case STORE_FLAKY -> {
        world.weather.failing = 1 + random.nextInt(60);
        storm("the store fails now and then", 20_000);
      }
      case STORE_DOUBTFUL -> {
        world.weather.doubtful = 1 + random.nextInt(80);
        storm("answers of the store are lost", 20_000);
      }
      case STORE_SLOW -> {
        world.weather.slowness = Duration.ofMillis(50 + random.nextInt(950));
        storm("the store is slow", 20_000);
      }
      case RECEIVER, RECEIVER_TOO -> receiver();
      case ENDPOINT_RESTS, ENDPOINT_GOES, ENDPOINT_COMES -> configure(event);
      case SITE_RESTS -> {
        SiteId site = world.someSite();
        world.site(site, false);
        world.agenda.after(length(20_000), () -> world.site(site, true));
      }
      case RETRY -> world.people.retry();
      case RETRY_BLOCKED -> world.people.retryBlocked();
      case SKIP_BLOCKED -> world.people.skipBlocked();
      case REPLAY -> world.people.replay();
      case CANCEL -> world.people.cancel();
      case CANCEL_SCHEDULED -> world.people.cancelScheduled();
      case READDRESS, READDRESS_TOO -> world.people.readdress();
    }
  }

  private Duration length(int longest) {
    return Duration.ofMillis(50 + random.nextInt(longest));
  }

  private void storm(String what, int longest) {
    Duration length = length(longest);
    world.disturbed(what, length);
    world.agenda.after(length, world.weather::calm);
  }

  private void strike(Event event) {
    List<SimulatedNode> up = world.nodes.stream().filter(SimulatedNode::isUp).toList();
    if (up.isEmpty()) {
      return;
    }
    SimulatedNode node = up.get(random.nextInt(up.size()));
    switch (event) {
      case KILL -> {
        world.disturbed(node.name + " is killed", Duration.ZERO);
        node.kill();
        comeBack();
      }
      case STOP -> {
        world.disturbed(node.name + " is stopped", Duration.ofSeconds(20));
        node.stop();
        comeBack();
      }
      case PAUSE -> {
        Duration length = length(40_000);
        world.disturbed(node.name + " stands still", length);
        node.pause();
        world.agenda.after(length, node::resume);
      }
      case CUT_OFF -> {
        Duration length = length(40_000);
        world.disturbed(node.name + " does not reach the store", length);
        node.cutOff = true;
        world.agenda.after(length, () -> node.cutOff = false);
      }
      default -> node.jump(Duration.ofMillis(random.nextInt(14_400_000) - 7_200_000L));
    }
  }

  private void comeBack() {
    if (world.nodes.stream().filter(node -> !node.isDead()).count() < MAX_NODES) {
      world.agenda.after(length(15_000), world::startNode);
    }
  }

  private void receiver() {
    List<Endpoint> all = endpoints();
    if (!all.isEmpty()) {
      Endpoint endpoint = all.get(random.nextInt(all.size()));
      SimulatedReceivers.Mood[] moods = SimulatedReceivers.Mood.values();
      SimulatedReceivers.Mood mood = moods[random.nextInt(moods.length)];
      // Each of them costs many lives, and so much time.
      boolean tooMuch = mood == SimulatedReceivers.Mood.LETHAL && !world.lethal;
      world.receivers.mood(endpoint.id(), tooMuch ? SimulatedReceivers.Mood.AWAY : mood);
    }
  }

  private void configure(Event event) {
    List<Endpoint> all = endpoints();
    if (event == Event.ENDPOINT_COMES || all.isEmpty()) {
      world.addEndpoint();
      return;
    }
    Endpoint endpoint = all.get(random.nextInt(all.size()));
    if (event == Event.ENDPOINT_GOES) {
      world.removed.add(endpoint.id());
      world.configure(new ConfigChange.RemoveEndpoint(endpoint.id()));
    } else {
      boolean enabled = !endpoint.enabled();
      world.configure(new ConfigChange.PutEndpoint(world.enabled(endpoint, enabled)));
    }
  }

  private List<Endpoint> endpoints() {
    return List.copyOf(world.store.config().load().endpoints().values());
  }
}
