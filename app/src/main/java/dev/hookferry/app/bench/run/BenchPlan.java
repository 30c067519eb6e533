package dev.hookferry.app.bench.run;

import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.config.StoreConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a benchmark.
 *
 * @param store the store; null for files in a temporary folder
 * @param scheme the endpoints
 * @param clients the number of concurrent producers
 * @param shape the size of requests
 * @param timing the durations
 * @param rate events per second while latency is measured; 0 for half the maximum
 * @param heap the server's maximum heap, such as {@code 512m}
 * @param modes the additional measurements
 */
public record BenchPlan(
    @Nullable StoreConfig store,
    SubscriptionScheme scheme,
    int clients,
    RequestShape shape,
    BenchTiming timing,
    double rate,
    String heap,
    Modes modes) {

  /** Returns a copy with the given durations. */
  public BenchPlan with(BenchTiming benchTiming) {
    return new BenchPlan(store, scheme, clients, shape, benchTiming, rate, heap, modes);
  }

  /**
   * The durations of a benchmark.
   *
   * @param warmUp warm-up at full load, not measured
   * @param window one throughput measurement
   * @param repeats the number of throughput measurements
   * @param latency the measurement at a fixed rate
   * @param total the total time; after a slow start, the rest is shortened to fit
   * @param patience how long to wait without an arrival before missing deliveries count as lost
   */
  public record BenchTiming(
      Duration warmUp,
      Duration window,
      int repeats,
      Duration latency,
      Duration total,
      Duration patience) {
    /** A quick run: within 45 seconds on a small machine. */
    public static final BenchTiming QUICK =
        new BenchTiming(
            Duration.ofSeconds(4),
            Duration.ofMillis(2500),
            3,
            Duration.ofSeconds(4),
            Duration.ofSeconds(36),
            Duration.ofSeconds(10));

    /** Long enough for JIT compilation to finish. */
    public static final BenchTiming FULL =
        new BenchTiming(
            Duration.ofSeconds(20),
            Duration.ofSeconds(8),
            5,
            Duration.ofSeconds(20),
            Duration.ofHours(1),
            Duration.ofSeconds(30));

    /** Time for starting all processes. */
    private static final Duration STARTING = Duration.ofSeconds(8);

    /** The minimum share of a measurement's duration when time is short. */
    private static final double MIN = 0.2;

    /** Returns the approximate duration of the measurements that every bench makes. */
    public Duration expected() {
      return STARTING
          .plus(warmUp.multipliedBy(3).dividedBy(2))
          .plus(window.multipliedBy(2L * repeats))
          .plus(latency);
    }

    /** Returns a copy, shortened to fit the remaining time. */
    public BenchTiming after(Duration elapsed) {
      double left = total.minus(elapsed).toMillis() * 0.8;
      double share = left / (1.5 * warmUp.toMillis() + 2 * window.toMillis() + latency.toMillis());
      if (share >= 1) {
        return this;
      }
      double kept = Math.max(MIN, share);
      return new BenchTiming(
          part(warmUp, kept), part(window, kept), repeats, part(latency, kept), total, patience);
    }

    /** Returns whether another repeat fits into the remaining time. */
    public boolean hasTimeAfter(Duration elapsed) {
      return elapsed.plus(window.multipliedBy(3)).plus(latency).compareTo(total) < 0;
    }

    private static Duration part(Duration whole, double share) {
      return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }
  }

  /**
   * Additional measurements.
   *
   * @param backlog the number of held deliveries; 0 to skip
   * @param hanging the percentage of endpoints that never respond; 0 to skip
   * @param nodes the number of servers on the store; 1 to skip
   * @param overload the load as a multiple of the maximum; 0 to skip
   * @param filters the number of filters for each event; 0 to skip
   * @param schemas whether to measure with a schema for each event
   * @param search whether to measure with search fields
   * @param egress whether to measure with other endpoints that use an egress
   * @param metrics whether to measure with metrics that are read every second
   * @param tracing whether to measure with a span of every attempt
   * @param ordered the number of ordering keys; 0 to skip
   * @param start whether to measure the start time
   */
  public record Modes(
      int backlog,
      int hanging,
      int nodes,
      double overload,
      int filters,
      boolean schemas,
      boolean search,
      boolean egress,
      boolean metrics,
      boolean tracing,
      int ordered,
      boolean start) {
    /** No additional measurements. */
    public static final Modes NONE =
        new Modes(0, 0, 1, 0, 0, false, false, false, false, false, 0, false);
  }
}
