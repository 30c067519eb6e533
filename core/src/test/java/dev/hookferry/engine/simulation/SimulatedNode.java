package dev.hookferry.engine.simulation;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.engine.Engine;
import dev.hookferry.engine.EngineConfig;
import dev.hookferry.engine.Message;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.runtime.SteadyClock;
import dev.hookferry.engine.runtime.StoreClock;
import dev.hookferry.engine.send.RequestSigner;
import dev.hookferry.id.IdSource;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.Load;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.policy.ServerPolicy;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process: a real engine, and around it what {@link dev.hookferry.engine.runtime.EngineRuntime}
 * and its threads do, as entries.
 */
final class SimulatedNode implements Effects {
  private static final boolean TRACE = Boolean.getBoolean("simulation.trace");
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration ORPHANS = Duration.ofMinutes(5);
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final Duration MAX_SLEEP = Duration.ofMillis(20);

  final String name;
  private final Setup setup;
  private final StoreClock clock;
  private final RequestSigner requests;
  private final Engine engine;
  private final Deque<Runnable> unread = new ArrayDeque<>();
  private @Nullable Owner owner;
  private Duration skew = Duration.ZERO;
  private long wakes;
  private Config config = Config.EMPTY;
  private final Listener listener =
      new Listener() {
        @Override
        public void endpointChanged(EndpointHealthEvent changed) {
          trace(() -> changed);
          later(
              Duration.ZERO,
              () -> SimulatedNode.this.setup.incidents().follow(SimulatedNode.this, changed));
        }
      };
  private boolean dead;
  private boolean paused;

  /** Whether the line to the store is cut. */
  boolean cutOff;

  /** The setup of a node: its world and its limits. */
  record Setup(
      Agenda agenda,
      Weather weather,
      Store store,
      SimulatedReceivers receivers,
      Random random,
      LoadLimits limits,
      int parallelCommits,
      SimulatedIncidents incidents) {}

  SimulatedNode(String name, Setup setup, Duration skew) {
    this.name = name;
    this.setup = setup;
    this.skew = skew;
    Instant born = setup.agenda().now();
    clock =
        new StoreClock(
            new SteadyClock(
                () -> setup.agenda().now().plus(this.skew),
                () -> Duration.between(born, setup.agenda().now()).toNanos()));
    ServerPolicy policy = new ServerPolicy(DEADLINE, setup.limits().window(), null);
    requests =
        new RequestSigner(Secrets.inTheClear(), null, "Simulated", policy, AttemptTracing.OFF);
    Random own = new Random(setup.random().nextLong());
    engine =
        new Engine(
            new EngineConfig(
                setup.limits(),
                new IdSource(own),
                own,
                setup.parallelCommits(),
                setup.store().isShared()),
            this);
  }

  void start() {
    call(
        false,
        () -> setup.store().deliveries().register(new Node(name)),
        registered -> read(() -> begin(registered)),
        failure -> later(Duration.ofSeconds(1), this::start));
  }

  private void begin(Owner registered) {
    owner = registered;
    Instant storeTime = setup.store().deliveries().heartbeat(registered).storeTime();
    clock.set(storeTime, clock.ownTime(), clock.ownTime());
    refreshed(() -> {});
    setup.agenda().every(HEARTBEAT, () -> whileAlive(() -> tell((engine, now) -> engine.beat())));
    setup.agenda().every(REFRESH, () -> whileAlive(() -> refreshed(() -> {})));
    setup.agenda().every(ORPHANS, () -> whileAlive(this::orphans));
    setup.agenda().every(MAX_SLEEP.multipliedBy(25), () -> whileAlive(this::decide));
  }

  boolean isUp() {
    return owner != null && !dead && !paused;
  }

  boolean isDead() {
    return dead;
  }

  Load load() {
    return engine.load();
  }

  void kill() {
    dead = true;
    unread.clear();
  }

  /** SIGSTOP: the process stands still, the world does not. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    while (!unread.isEmpty() && !paused) {
      unread.removeFirst().run();
    }
  }

  /** Somebody sets this machine's clock. */
  void jump(Duration by) {
    skew = skew.plus(by);
  }

  /** SIGTERM. */
  void stop() {
    tell((engine, now) -> engine.drain());
    int[] looks = new int[1];
    setup
        .agenda()
        .every(
            Duration.ofMillis(100),
            () -> {
              if (dead) {
                return false;
              }
              if (!paused && (engine.isDrained() || ++looks[0] > 200)) {
                retire();
                return false;
              }
              return true;
            });
  }

  private void retire() {
    Owner last = owner;
    engine.end();
    dead = true;
    if (last != null && !setup.weather().down && !cutOff) {
      setup.store().deliveries().retire(last);
    }
  }

  /** Command to an engine, with the result its caller waits for. */
  interface Question<T> {
    void ask(Engine engine, CompletableFuture<T> answer, Instant now);
  }

  <T> CompletableFuture<T> ask(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    tell((engine, now) -> question.ask(engine, answer, now));
    return answer;
  }

  Instant now() {
    return clock.instant();
  }

  /** Says what happens, if somebody wants to follow a seed. */
  private void trace(Supplier<Object> what) {
    if (TRACE) {
      System.out.println(setup.agenda().now() + " " + name + " " + what.get());
    }
  }

  /** Brings a message in; a process that stands still reads it when it goes on. */
  private void tell(Message message) {
    read(
        () -> {
          message.deliver(engine, now());
          decide();
        });
  }

  void read(Runnable action) {
    if (dead) {
      return;
    }
    if (paused) {
      unread.addLast(action);
    } else {
      action.run();
    }
  }

  void later(Duration wait, Runnable action) {
    setup.agenda().after(wait, () -> read(action));
  }

  private boolean whileAlive(Runnable action) {
    if (!dead && !paused) {
      action.run();
    }
    return !dead;
  }

  private void decide() {
    Instant wake = engine.decide(now());
    long mine = ++wakes;
    if (wake != null) {
      Duration wait = Duration.between(now(), wake);
      Duration atLeast = wait.isNegative() || wait.isZero() ? Duration.ofMillis(1) : wait;
      later(
          atLeast,
          () -> {
            if (mine == wakes) {
              decide();
            }
          });
    }
  }

  private <T> void call(
      boolean losable, Supplier<T> work, Consumer<T> then, Consumer<RuntimeException> orElse) {
    setup.weather().call(this::reaches, losable, work, then, orElse);
  }

  boolean reaches() {
    return !cutOff && !(dead && setup.random().nextBoolean());
  }

  @Override
  public void heartbeat(boolean retire) {
    Owner asking = owner();
    Instant asked = clock.ownTime();
    call(
        false,
        () -> setup.store().deliveries().heartbeat(asking),
        beat ->
            read(
                () -> {
                  clock.set(beat.storeTime(), asked, clock.ownTime());
                  tell((engine, now) -> engine.heard(beat, now));
                }),
        failure -> tell((engine, now) -> engine.heartbeatFailed()));
  }

  @Override
  public void register() {
    call(
        false,
        () -> setup.store().deliveries().register(new Node(name)),
        next -> tell((engine, now) -> engine.registered(next, now)),
        failure -> tell((engine, now) -> engine.heartbeatFailed()));
  }

  @Override
  public void own(Owner next) {
    trace(() -> "evicted");
    owner = next;
  }

  private Owner owner() {
    return Objects.requireNonNull(owner, name);
  }

  private void refreshed(Runnable then) {
    call(
        false,
        () -> setup.store().config().load(),
        next ->
            read(
                () -> {
                  config = next.version() < config.version() ? config : next;
                  requests.configured(config);
                  tell((engine, now) -> engine.configured(config, now));
                  then.run();
                }),
        failure -> {});
  }

  private void orphans() {
    var known = setup.store().config().load().endpoints().keySet();
    call(
        false,
        () -> setup.store().deliveries().orphanedEndpoints(known),
        orphans -> {
          if (!orphans.isEmpty()) {
            refreshed(() -> tell((engine, now) -> engine.orphaned(orphans, now)));
          }
        },
        failure -> {});
  }

  @Override
  public void commit(long number, Batch batch) {
    Owner committing = owner();
    trace(() -> "commit " + number + " " + batch);
    call(
        true,
        () -> {
          setup.weather().judge(batch);
          return setup.store().deliveries().commit(committing, batch);
        },
        done -> {
          trace(() -> "committed " + number + " " + done);
          tell((engine, now) -> engine.committed(number, done, now));
        },
        failure -> {
          trace(() -> "not committed " + number + " " + failure);
          tell((engine, now) -> engine.commitFailed(number, failure, now));
        });
  }

  @Override
  public void claim(long incarnation, ClaimRequest claim) {
    Owner claiming = owner();
    call(
        false,
        () -> setup.store().deliveries().claim(claiming, claim),
        claimed -> {
          trace(() -> "claimed " + claimed);
          tell((engine, now) -> engine.claimed(incarnation, claimed, now));
        },
        failure -> tell((engine, now) -> engine.claimFailed(failure, now)));
  }

  @Override
  public void send(Sending sending) {
    trace(() -> "send " + sending);
    Consumer<Outcome> whenDone =
        outcome -> tell((engine, now) -> engine.ended(sending, outcome, now));
    String sender = name + "/" + sending.incarnation();
    later(
        Duration.ofMillis(1),
        () -> setup.receivers().take(sender, sending, requests.of(sending, null), whenDone));
  }

  @Override
  public void beginTrial(Sending suspect) {
    CrashSuspicion trial = Objects.requireNonNull(suspect.trial());
    Owner owning = owner();
    call(
        false,
        () -> setup.store().inFlightJournal().beginTrial(owning, suspect.delivery(), trial),
        noted -> tell((engine, now) -> engine.trialNoted(suspect, noted, now)),
        failure -> tell((engine, now) -> engine.trialFailed(suspect, failure, now)));
  }

  @Override
  public void reply(Runnable completion) {
    later(Duration.ZERO, completion);
  }

  @Override
  public void notifyListener(Consumer<Listener> news) {
    news.accept(listener);
  }
}
