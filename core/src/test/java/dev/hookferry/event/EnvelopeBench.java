package dev.hookferry.event;

import dev.hookferry.contract.support.Jmh;
import dev.hookferry.id.EventType;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
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

/** Cost of an envelope. Run by name only, not with the tests. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBench {
  private final EventType type = new EventType("license_created");
  private final Instant time = Instant.parse("2026-04-29T16:39:49.123Z");
  private final Payload data = Payload.of("{\"fill\":\"" + "x".repeat(1013) + "\"}");

  /** Each in its turn. */
  @Param private Envelope.Style style = Envelope.Style.QLM;

  private Envelope envelope = Envelope.DEFAULT;

  @Setup
  public void choose() {
    envelope = new Envelope(style, "EventType", "LicenseInfo", "CustomerInfo");
  }

  @Benchmark
  public Payload wrap() {
    return envelope.wrap(type, time, data);
  }

  @Test
  void measure() throws RunnerException {
    Jmh.run(getClass());
  }
}
