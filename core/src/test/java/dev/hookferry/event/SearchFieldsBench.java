package dev.hookferry.event;

import dev.hookferry.catalog.QlmEventTypes;
import dev.hookferry.contract.support.Jmh;
import dev.hookferry.id.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/** Cost of a site's search fields per event of 1 KiB. Run by name only, not with the tests. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SearchFieldsBench {
  private final Payload license =
      Payload.of(QlmEventTypes.example(new EventType("license_modified")).orElseThrow());

  private final SearchFields none = SearchFields.NONE;

  /** The last one is the last member of the data, so that all of it is read. */
  private final SearchFields three =
      SearchFields.NONE.named(
          "searchFields", List.of("ActivationKey", "OrderID", "OrganizationID"), Instant.EPOCH);

  @Benchmark
  public Map<String, String> withoutFields() {
    return none.valuesOf(license);
  }

  @Benchmark
  public Map<String, String> threeFields() {
    return three.valuesOf(license);
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
