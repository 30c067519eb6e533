package dev.hookferry.app.bench.run;

import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.config.StoreConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured.
 *
 * @param store where events are kept; null for files in a folder that goes afterwards
 * @param scheme the endpoints
 * @param clients how many producers publish at once
 * @param shape what they publish
 * @param timing for how long
 * @param rate events in a second for the latencies; 0 for half of what was the most
 * @param heap of the server, such as {@code 512m}
 * @param modes what is measured beside throughput and latency
 */
public record BenchPlan(
    @Nullable StoreConfig store,
    SubscriptionScheme scheme,
    int clients,
    RequestShape shape,
    Timing timing,
    double rate,
    String heap,
    Modes modes) {

  /** The same in another time. */
  public BenchPlan with(Timing other) {
    return new BenchPlan(store, scheme, clients, shape, other, rate, heap, modes);
  }

  /**
   * How long things take.
   *
   * @param warmUp at full load, not measured
   * @param window one repeat of the throughput
   * @param repeats how many
   * @param latency the measurement at a fixed rate
   * @param total for everything; where a start was slow, the rest is made shorter to fit
   * @param patience how long nothing may arrive before what is missing counts as lost
   */
  public record Timing(
      Duration warmUp,
      Duration window,
      int repeats,
      Duration latency,
      Duration total,
      Duration patience) {
    /** Enough for a first look: within 45 seconds on a small machine. */
    public static final Timing QUICK =
        new Timing(
            Duration.ofSeconds(4),
            Duration.ofMillis(2500),
            3,
            Duration.ofSeconds(4),
            Duration.ofSeconds(36),
            Duration.ofSeconds(10));

    /** Long enough for the compiler to be done. */
    public static final Timing FULL =
        new Timing(
            Duration.ofSeconds(20),
            Duration.ofSeconds(8),
            5,
            Duration.ofSeconds(20),
            Duration.ofHours(1),
            Duration.ofSeconds(30));

    /** The least share that is left of a measurement when there is little time. */
    private static final double LEAST = 0.2;

    /** The same, shortened if it would not fit any more. */
    public Timing after(Duration elapsed) {
      double left = total.minus(elapsed).toMillis() * 0.8;
      double share = left / (1.5 * warmUp.toMillis() + 2 * window.toMillis() + latency.toMillis());
      if (share >= 1) {
        return this;
      }
      double kept = Math.max(LEAST, share);
      return new Timing(
          part(warmUp, kept), part(window, kept), repeats, part(latency, kept), total, patience);
    }

    /** Whether another repeat fits, with what comes after it. */
    public boolean hasTimeAfter(Duration elapsed) {
      return elapsed.plus(window.multipliedBy(3)).plus(latency).compareTo(total) < 0;
    }

    private static Duration part(Duration whole, double share) {
      return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }
  }

  /**
   * What else is measured.
   *
   * @param backlog with so many deliveries in the retry queue; 0 for not at all
   * @param hanging with so many percent of the endpoints never answering; 0 for not at all
   * @param nodes with so many servers on the store; 1 for no more
   * @param overload at so many times the most; 0 for not at all
   * @param start how long a start takes
   */
  public record Modes(int backlog, int hanging, int nodes, double overload, boolean start) {
    /** Nothing else. */
    public static final Modes NONE = new Modes(0, 0, 1, 0, false);
  }
}
