package dev.hookferry.http.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** A histogram of durations. Thread-safe. */
final class Histogram {
  private static final List<Duration> BOUNDS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
          .map(Duration::ofMillis)
          .toList();

  private final String name;
  private final String help;
  private final List<LongAdder> counts =
      Stream.generate(LongAdder::new).limit(BOUNDS.size() + 1L).toList();
  private final LongAdder nanos = new LongAdder();

  Histogram(String name, String help) {
    this.name = name;
    this.help = help;
  }

  void record(Duration took) {
    Duration counted = took.isNegative() ? Duration.ZERO : took;
    int bucket = 0;
    while (bucket < BOUNDS.size() && counted.compareTo(BOUNDS.get(bucket)) > 0) {
      bucket++;
    }
    counts.get(bucket).increment();
    nanos.add(counted.toNanos());
  }

  void write(PrometheusText text) {
    text.family(name, "histogram", help);
    long total = 0;
    for (int i = 0; i < counts.size(); i++) {
      total += counts.get(i).sum();
      String bound =
          i < BOUNDS.size() ? PrometheusText.number(BOUNDS.get(i).toMillis() / 1000.0) : "+Inf";
      text.sample(name + "_bucket", List.of("le"), List.of(bound), (double) total);
    }
    text.sample(name + "_sum", nanos.sum() / 1e9);
    text.sample(name + "_count", (double) total);
  }
}
