package dev.hookferry.http.metrics;

import dev.hookferry.Hookferry;
import dev.hookferry.contract.support.Jmh;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/** Cost of the metrics: per event, and per scrape. Run by name only, not with the tests. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetricsBench {
  /** An event with one delivery that its first attempt delivers. */
  private record Course(Event event, Delivery before, Attempt attempt, Delivery after) {
    static Course of(Samples samples, EndpointId endpoint) {
      Event event = samples.event();
      Delivery delivery = samples.delivery(event, endpoint);
      Attempt attempt = samples.attempt(delivery, samples.success());
      return new Course(event, delivery, attempt, delivery.delivered(samples.now()));
    }

    void count(MetricsListener metrics) {
      metrics.accepted(event, 1);
      metrics.attempted(attempt, before);
      metrics.settled(after);
    }
  }

  /** Returns 1,024 events or more, in turns for this number of endpoints. */
  private static List<Course> courses(int endpoints) {
    Samples samples = new Samples(1);
    List<EndpointId> targets = Stream.generate(samples::endpoint).limit(endpoints).toList();
    return IntStream.range(0, Math.max(endpoints, 1_024))
        .mapToObj(i -> Course.of(samples, targets.get(i % endpoints)))
        .toList();
  }

  /** Events of a node. */
  @State(Scope.Benchmark)
  public static class Traffic {
    /** How many endpoints take turns: all with counters of their own, or too many for that. */
    @Param({"1", "1000"})
    int endpoints = 1;

    private final MetricsListener metrics = new MetricsListener();
    private List<Course> courses = List.of();
    private int next;

    /** Makes the events. */
    @Setup
    public void fill() {
      courses = courses(endpoints);
    }

    Course next() {
      next = (next + 1) % courses.size();
      return courses.get(next);
    }
  }

  /** A node with as many busy endpoints as have counters of their own, on a store in memory. */
  @State(Scope.Benchmark)
  public static class Node {
    private final Hookferry hookferry =
        Hookferry.builder(
                new MemoryStore(InstantSource.system(), Duration.ofHours(1)),
                new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .build()
            .start();
    private final MetricsListener metrics = new MetricsListener();
    private final MetricsPage page =
        new MetricsPage(hookferry, metrics, new Metrics(), InstantSource.system());

    /** Counts some events of each endpoint. */
    @Setup
    public void fill() {
      courses(MetricsListener.DEFAULT_BUSIEST).forEach(course -> course.count(metrics));
    }

    /** Stops the node. */
    @TearDown
    public void close() {
      hookferry.close();
    }
  }

  /** Counts an event, its attempt and its end. */
  @Benchmark
  public void event(Traffic traffic) {
    traffic.next().count(traffic.metrics);
  }

  /** Answers a scrape of a Prometheus, which asks for OpenMetrics. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public MetricsPage.Exposition scrape(Node node) {
    return node.page.exposition("application/openmetrics-text;version=1.0.0");
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
