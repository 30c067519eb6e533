package dev.hookferry.filter;

import dev.hookferry.contract.support.Jmh;
import dev.hookferry.event.Payload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/** Cost of filters per event of 1 KiB. Run by name only. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FilterSetBench {
  private static final Payload DATA =
      Payload.of(
          "{\"ActivationKey\":\"HF-1\",\"Seats\":25,\"Customer\":{\"Name\":\"Caf\u00e9\","
              + "\"Country\":\"AT\",\"Tags\":[\"vip\",\"eu\"]},"
              + IntStream.range(0, 24)
                  .mapToObj(i -> "\"Field" + i + "\":\"value of field number " + i + "\",")
                  .collect(Collectors.joining())
              + "\"ProductName\":\"Product 7\"}");

  /** How many endpoints have a filter, each another one. */
  @Param({"1", "1000"})
  int count = 1000;

  private FilterSet filters = FilterSet.of(List.of());

  @Setup
  public void parse() {
    filters = FilterSet.of(IntStream.range(0, count).mapToObj(FilterSetBench::filter).toList());
  }

  static Filter filter(int i) {
    return Filter.parse(
        "{\"ProductName\":\"Product "
            + i % 10
            + "\",\"Seats\":{\"$gte\":"
            + i % 50
            + "},\"Customer\":{\"Country\":{\"$in\":[\"DE\",\"AT\",\"C"
            + i
            + "\"]},\"Tags\":\"vip\"},\"$or\":[{\"Field3\":\"x\"},{\"Field4\":{\"$contains\":"
            + "\"field\"}}]}");
  }

  @Benchmark
  public FilterVerdict evaluate() {
    return filters.evaluate(DATA);
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
