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
 * Hookferry for tests: the real engine and facades, on an in-memory store, in virtual time.
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
 * <p>There are no background threads. Everything that is due happens on the caller's thread before
 * a call returns, and the clock does not advance between calls. Runs are reproducible: the same
 * seed and the same calls give the same result, down to ids and secrets.
 */
public final class SimulatedHookferry implements AutoCloseable {
  /** The time at which every simulation starts: noon UTC on 1 January 2026. */
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

  /** Starts a simulation with this seed, the strict outbound policy and the builder's defaults. */
  public static SimulatedHookferry start(long seed) {
    return start(seed, OutboundPolicy.strict(), builder -> {});
  }

  /**
   * Starts a simulation.
   *
   * @param seed the seed for ids, secrets and jitter
   * @param policy the policy that decides which targets may be registered
   * @param settings changes other settings, such as the listener or the timeout of attempts; the
   *     clock and the source of randomness are always those of the simulation
   */
  public static SimulatedHookferry start(
      long seed, OutboundPolicy policy, Consumer<HookferryBuilder> settings) {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(settings, "settings");
    return new SimulatedHookferry(seed, policy, settings);
  }

  /** Returns Hookferry itself, to pass to the code under test. */
  public Hookferry hookferry() {
    return hookferry;
  }

  /** Returns the facades, to pass to the code under test. */
  public Webhooks webhooks() {
    return hookferry.webhooks();
  }

  /** Returns the clock of the simulation, to pass to the code under test. */
  public InstantSource clock() {
    return time;
  }

  /** Returns the current time of the simulation. */
  public Instant now() {
    return time.instant();
  }

  /**
   * Returns the receiver at a URL, which responds with 200 until it has a script. Returns the same
   * object for the same URL.
   */
  public SimulatedReceiver receiver(String url) {
    Objects.requireNonNull(url, "url");
    return transport.receiver(url, this);
  }

  /** Publishes an event to the default site; see {@link #publish(SiteId, NewEvent)}. */
  public Receipt publish(NewEvent event) {
    return publish(SiteId.DEFAULT, event);
  }

  /**
   * Publishes an event. The first attempts are made before this returns.
   *
   * @throws dev.hookferry.refusal.RefusedException if the event is not accepted
   * @throws IllegalStateException if the event has to wait for room in memory; advance the time
   *     first
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
   * Advances the time. Everything that becomes due happens at its own time, in order.
   *
   * @param by how far to advance; zero or longer
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration by) {
    if (Objects.requireNonNull(by, "by").isNegative()) {
      throw new IllegalArgumentException("by must not be negative (got " + by + ")");
    }
    boolean unused = time.runUntil(now().plus(by), () -> false);
  }

  /**
   * Advances the time until no delivery is pending at any site. Ignores deliveries of paused
   * endpoints.
   *
   * @param atMost the maximum time to advance
   * @throws AssertionError if deliveries are still pending after that time; contains their
   *     timelines
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

  /** Starts a check of the outcome of an event of the default site. */
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
   * Prepares a shared simulation for the next test. Removes all receivers, all endpoints
   * (cancelling their pending deliveries) and all sites except the default one. Keeps the default
   * site's settings, events and log; the clock is not reset.
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

  /** Ends the simulation. Requests in flight have up to 20 seconds of virtual time to finish. */
  @Override
  public void close() {
    hookferry.close();
  }
}
