package dev.hookferry.testing;

import dev.hookferry.Hookferry;
import dev.hookferry.HookferryBuilder;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.VirtualTime;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.secret.Secrets;
import dev.hookferry.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Hookferry for tests: the real engine and the real facades, on a store in memory, in virtual time.
 * Receivers follow a script, nothing touches the network, and three days of retries take
 * milliseconds.
 *
 * <pre>{@code
 * try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
 *   SimulatedReceiver crm =
 *       hooks.receiver("https://crm.example/hook").subscribe("license_*").responds(503, 503, 200);
 *   Receipt receipt = hooks.publish(NewEvent.of("license_created", "{}"));
 *   hooks.advance(Duration.ofDays(3));
 *   hooks.check(receipt).isDelivered().hasAttempts(3);
 * }
 * }</pre>
 *
 * <p>There are no threads: whatever is due happens before a call returns, on the caller's thread,
 * and the clock stands still in between. Runs are reproducible: the same seed and the same calls
 * give the same result, down to ids and secrets.
 */
public final class SimulatedHookferry implements AutoCloseable {
  /** The time at which every simulation begins: 1 January 2026, noon UTC. */
  public static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final VirtualTime time = new VirtualTime(START);
  private final SimulatedTransport transport;
  private final Hookferry hookferry;

  private SimulatedHookferry(
      long seed, OutboundPolicy policy, Consumer<HookferryBuilder> settings) {
    transport = new SimulatedTransport(time, policy);
    HookferryBuilder builder =
        Hookferry.builder(new SimulatedStore(time), transport)
            .secrets(Secrets.inTheClear())
            .nodeName("simulated");
    settings.accept(builder);
    hookferry = builder.clock(time).random(new SplittableRandom(seed)).build().start();
    time.settle();
  }

  /** Starts a simulation with seed 1, the strict outbound policy and the builder's defaults. */
  public static SimulatedHookferry start() {
    return start(1);
  }

  /** Starts a simulation with the strict outbound policy and the builder's defaults. */
  public static SimulatedHookferry start(long seed) {
    return start(seed, OutboundPolicy.strict(), builder -> {});
  }

  /**
   * Starts a simulation.
   *
   * @param seed of ids, secrets and jitter
   * @param policy which targets may be registered
   * @param settings changes other settings, such as the listener or the deadline of an attempt;
   *     clock and source of randomness are those of the simulation in any case
   */
  public static SimulatedHookferry start(
      long seed, OutboundPolicy policy, Consumer<HookferryBuilder> settings) {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(settings, "settings");
    return new SimulatedHookferry(seed, policy, settings);
  }

  /** Returns Hookferry itself, to be handed to the code under test. */
  public Hookferry hookferry() {
    return hookferry;
  }

  /** Returns the facades, to be handed to the code under test. */
  public Webhooks webhooks() {
    return hookferry.webhooks();
  }

  /** Returns the clock of the simulation, to be handed to the code under test. */
  public InstantSource clock() {
    return time;
  }

  /** Returns the current time of the simulation. */
  public Instant now() {
    return time.instant();
  }

  /**
   * Returns the receiver at a URL; it responds with 200 until it has a script. Always the same
   * object for the same URL.
   */
  public SimulatedReceiver receiver(String url) {
    Objects.requireNonNull(url, "url");
    return transport.receiver(url, this);
  }

  /** Publishes an event at the default site; see {@link #publish(SiteId, NewEvent)}. */
  public Receipt publish(NewEvent event) {
    return publish(SiteId.DEFAULT, event);
  }

  /**
   * Publishes an event. The first attempts are made before this returns.
   *
   * @throws dev.hookferry.refusal.RefusedException if the event is not accepted
   * @throws IllegalStateException if it waits for room in memory; the time must be advanced first
   */
  public Receipt publish(SiteId site, NewEvent event) {
    CompletableFuture<Receipt> receipt = webhooks().publish(site, event);
    time.settle();
    if (!receipt.isDone()) {
      throw new IllegalStateException("the event waits for room in memory; advance the time first");
    }
    try {
      return receipt.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Lets time pass: everything that is due happens at its own time, in order.
   *
   * @param by zero or longer
   * @throws IllegalArgumentException if it is negative
   */
  public void advance(Duration by) {
    if (Objects.requireNonNull(by, "by").isNegative()) {
      throw new IllegalArgumentException("by must not be negative (got " + by + ")");
    }
    boolean unused = time.runUntil(now().plus(by), () -> false);
  }

  /**
   * Lets time pass until no delivery is pending at any site, and stops at that moment. Deliveries
   * of paused endpoints do not count.
   *
   * @throws AssertionError with the timelines of the deliveries still pending after that time
   */
  public void advanceUntilDone(Duration atMost) {
    Objects.requireNonNull(atMost, "atMost");
    if (!time.runUntil(now().plus(atMost), () -> Timeline.pending(webhooks()).isEmpty())) {
      throw new AssertionError(
          "still pending after "
              + atMost
              + ":\n"
              + Timeline.of(webhooks(), Timeline.pending(webhooks()), now()));
    }
  }

  /** Starts a check of an event's outcome, for an event of the default site. */
  public DeliveryCheck check(Receipt receipt) {
    return check(SiteId.DEFAULT, receipt);
  }

  /** Starts a check of an event's outcome. */
  public DeliveryCheck check(SiteId site, Receipt receipt) {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(receipt, "receipt");
    time.settle();
    return new DeliveryCheck(this, webhooks().events().get(site, receipt.id()));
  }

  /**
   * Prepares this simulation for the next test, where it is shared: removes the receivers, every
   * endpoint, whose pending deliveries are cancelled, and every site but the default one. Its
   * settings, events and their log stay, and the clock continues.
   */
  public void reset() {
    time.settle();
    for (Site site : webhooks().sites().all()) {
      for (Endpoint endpoint : webhooks().endpoints().all(site.id())) {
        webhooks().endpoints().remove(site.id(), endpoint.id());
      }
      if (!site.id().equals(SiteId.DEFAULT)) {
        webhooks().sites().remove(site.id());
      }
    }
    transport.forget();
    time.settle();
  }

  void settle() {
    time.settle();
  }

  /** Ends the simulation. Requests in flight are given up to 20 seconds of virtual time to end. */
  @Override
  public void close() {
    hookferry.close();
  }
}
